//! What people and scripts rely on, asked of the real binary: a file for each command, and for
//! what all commands share.

mod as_of;
mod cache;
mod check;
mod cite;
mod compare;
mod course;
mod diff;
mod draw;
mod expect;
#[cfg(unix)] // for pipes, links and `ulimit`
mod explore;
mod export;
mod faults;
mod files;
mod gaps;
#[path = "../harness/mod.rs"]
mod harness;
mod help;
mod import;
mod init;
mod layers;
mod list;
mod loading;
mod map;
mod mcp;
mod names;
mod output;
mod pack;
mod page;
mod path;
mod people;
mod risk;
mod schema;
mod search;
mod shell;
mod show;
mod stats;
mod trace;
