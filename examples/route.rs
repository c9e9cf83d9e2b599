//! Prints a route from a hospital to the market, stage by stage, over the shipped atlas: `cargo run --example route`.

use medclust::atlas;
use medclust::lang::Lang;
use medclust::query::path::{Question, Used, path};
use medclust::source::Layer;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let graph = atlas::load(&Layer::BUILTIN)?;
    let (hospital, market) = (graph.find("国循", &[])?, graph.find("Market development", &[])?);
    let question = Question { stage_by_stage: true, ..Question::between(hospital, market) };
    let best = path(&graph, &question).best().ok_or("there is no route")?;
    for step in &best.route.steps {
        let Used { relation, direction } = step.relations[0];
        let (kind, name) = (relation.kind().label(direction, Lang::En), step.to.name(Lang::En));
        println!("{kind} {name} [{}]", relation.sources().collect::<Vec<_>>().join(", "));
    }
    Ok(())
}
