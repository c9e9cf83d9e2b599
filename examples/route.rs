//! Prints a route between two nodes of the shipped atlas: `cargo run --example route`.

use medclust::atlas;
use medclust::lang::Lang;
use medclust::query::path::{Question, Used, path};
use medclust::source::Layer;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let graph = atlas::load(&[Layer::Builtin])?;
    let (need, market) = (graph.find("国循", &[])?, graph.find("Market development", &[])?);
    let answer = path(&graph, &Question::between(need, market));
    let route = answer.best().ok_or("there is no route")?;
    for step in &route.steps {
        let Used { relation, direction } = step.relations[0];
        let (kind, name) = (relation.kind().label(direction, Lang::En), step.to.name(Lang::En));
        println!("{kind} {name} [{}]", relation.sources().collect::<Vec<_>>().join(", "));
    }
    Ok(())
}
