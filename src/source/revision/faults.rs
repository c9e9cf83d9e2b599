//! Why a revision cannot be read.

use std::io;

use super::tree::Lost;
use crate::diagnostic::{Code, Diagnostic};

fn unreadable(en: String, ja: String) -> Diagnostic {
    Diagnostic::error(Code::Unreadable, en, ja)
}

pub fn unread(shown: &str, error: &io::Error) -> Diagnostic {
    if error.kind() == io::ErrorKind::NotFound {
        return unreadable(
            format!("`{shown}` is at a git revision, and there is no `git` command"),
            format!("`{shown}` は git のリビジョンですが、`git` コマンドがありません"),
        )
        .hint(
            "install git, or name a folder that exists",
            "git を入れるか、実在するフォルダを指定してください",
        );
    }
    unreadable(
        format!("cannot read `{shown}` with git: {error}"),
        format!("`{shown}` を git で読めません: {error}"),
    )
}

pub fn no_repository(shown: &str) -> Diagnostic {
    unreadable(
        format!("there is no `{shown}` here, and no git repository that could hold it"),
        format!("`{shown}` はここになく、それを含む git リポジトリもありません"),
    )
    .hint(
        "check the path, or change into the repository",
        "パスを確かめるか、リポジトリの中で実行してください",
    )
}

pub fn no_revision(revision: &str) -> Diagnostic {
    unreadable(
        format!("there is no git revision `{revision}`"),
        format!("git のリビジョン `{revision}` はありません"),
    )
    .hint("`git log` shows them", "`git log` で一覧できます")
}

/// `:PATH`, which for git is the index.
pub fn index(path: &str) -> Diagnostic {
    unreadable(
        format!("`:{path}` is what git has staged for the next commit, and no revision"),
        format!("`:{path}` は git が次のコミットのために登録したもので、リビジョンではありません"),
    )
    .hint(
        format!("write `HEAD:{path}` for the last commit, or `{path}` for the folder itself"),
        format!("直前のコミットなら `HEAD:{path}`、フォルダそのものなら `{path}` と書いてください"),
    )
}

pub fn no_path(revision: &str, path: &str) -> Diagnostic {
    unreadable(
        format!("there is no `{path}` at the git revision `{revision}`"),
        format!("git のリビジョン `{revision}` に `{path}` はありません"),
    )
    .hint(
        "a path counts from the top of the repository; ./PATH from here",
        "パスはリポジトリの最上位からです。ここからなら ./PATH と書きます",
    )
}

pub fn submodule(shown: &str) -> Diagnostic {
    unreadable(
        format!("`{shown}` is a submodule: a git repository of its own, whose files this one does not hold"),
        format!("`{shown}` はサブモジュール（別の git リポジトリ）で、その中身はこのリポジトリにありません"),
    )
    .hint(
        "change into it, and name a revision there",
        "その中へ移り、そちらのリビジョンを指定してください",
    )
}

/// A link that leads to nothing of the revision.
pub fn lost(shown: &str, lost: Lost) -> Diagnostic {
    let (en, ja) = match lost {
        Lost::Missing => ("to nothing", "存在しない先"),
        Lost::Outside => ("out of the repository", "リポジトリの外"),
        Lost::Circle => ("in a circle", "循環する先"),
    };
    unreadable(
        format!("the link `{shown}` leads {en}"),
        format!("リンク `{shown}` が{ja}を指しています"),
    )
    .hint(
        "remove it, or let it lead to a file of the repository",
        "取り除くか、リポジトリ内を指すようにしてください",
    )
}
