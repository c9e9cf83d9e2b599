//! What people and scripts rely on, asked of the real binary: a file for each command, and for
//! what all commands share.

mod as_of;
mod cite;
mod compare;
mod gaps;
mod harness;
mod help;
mod list;
mod loading;
mod names;
mod output;
mod path;
mod risk;
mod search;
mod show;
mod stats;
mod trace;
