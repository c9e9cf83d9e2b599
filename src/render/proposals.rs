//! Proposed matches of an import, for a person to decide on.

use serde_json::Value;

use super::{Answer, Block, Grid, value};
use crate::lang::Lang;
use crate::source::import::Proposal;

impl Answer for &[Proposal] {
    fn is_list(&self) -> bool {
        true
    }

    fn records(&self) -> Box<dyn Iterator<Item = Value> + '_> {
        Box::new(self.iter().map(value))
    }

    fn sheet(&self) -> Grid {
        grid(self, ["node", "registry", "identifier", "imported", "name"])
    }

    fn ids(&self) -> Vec<String> {
        self.iter().map(|it| it.node.clone()).collect()
    }

    fn page(&self, lang: Lang) -> Vec<Block> {
        let headers = lang.pick(
            ["NODE OF THE ATLAS", "REGISTRY", "IDENTIFIER", "IMPORTED AS", "SHARED NAME"],
            ["アトラスのノード", "登録簿", "識別子", "取り込み後の id", "共通の名称"],
        );
        vec![Block::Grid(grid(self, headers))]
    }
}

fn grid(proposals: &[Proposal], headers: [&str; 5]) -> Grid {
    Grid {
        headers: headers.map(str::to_owned).to_vec(),
        rows: proposals
            .iter()
            .map(|it| {
                let registry = it.registry.to_owned();
                [&it.node, &registry, &it.identifier, &it.imported, &it.name]
                    .map(String::clone)
                    .to_vec()
            })
            .collect(),
        ..Grid::default()
    }
}
