//! The binary `linli` as a library, so that tests drive it in-process. The only crate that sees every area.

pub mod behind;
pub mod cli;
pub mod commands;
pub mod demo;
pub mod evidence;
pub mod home;
pub mod ledger_pages;
pub mod levels;
pub mod pdf;
pub mod router;
pub mod settings;
pub mod styleguide;
pub mod work_pages;

use db::Statement;

/// Every statement of every crate, for the test that prepares them on both engines.
pub fn statements() -> Vec<&'static Statement> {
    let lists = [
        ledger::store::STATEMENTS,
        ballots::store::STATEMENTS,
        ballots::paper::store::STATEMENTS,
        work::STATEMENTS,
        places::store::STATEMENTS,
        people::store::STATEMENTS,
        people::post::store::STATEMENTS,
        people::org::store::STATEMENTS,
        people::desk::store::STATEMENTS,
        people::account::store::STATEMENTS,
        people::session::store::STATEMENTS,
        people::consent::store::STATEMENTS,
        people::resident::store::STATEMENTS,
        programmes::season::store::STATEMENTS,
        programmes::template::store::STATEMENTS,
        programmes::project::store::STATEMENTS,
        programmes::idea::store::STATEMENTS,
        programmes::visit::store::STATEMENTS,
        programmes::workshop::store::STATEMENTS,
        programmes::idea::store::talk::STATEMENTS,
        programmes::proposal::store::STATEMENTS,
        programmes::coaching::store::STATEMENTS,
        programmes::running::store::STATEMENTS,
        programmes::running::film::store::STATEMENTS,
        programmes::group::store::STATEMENTS,
        programmes::award::store::STATEMENTS,
        programmes::award::choice::store::STATEMENTS,
        programmes::training::store::STATEMENTS,
        programmes::plan::store::STATEMENTS,
        programmes::promotion::store::STATEMENTS,
        programmes::mentor::store::STATEMENTS,
        decisions::store::STATEMENTS,
        decisions::review::store::STATEMENTS,
        decisions::contest::store::STATEMENTS,
        decisions::selection::store::STATEMENTS,
        polls::store::STATEMENTS,
        polls::jobs::store::STATEMENTS,
        polls::roll::store::STATEMENTS,
        polls::verify::store::STATEMENTS,
        polls::phone::store::STATEMENTS,
        matters::matter::store::STATEMENTS,
        matters::duty::store::STATEMENTS,
        matters::notice::store::STATEMENTS,
        matters::attendance::store::STATEMENTS,
        matters::verdict::store::STATEMENTS,
        settings::STATEMENTS,
        commands::import::STATEMENTS,
        commands::setup::STATEMENTS,
    ];
    [
        lists.concat(),
        funds::statements(),
        activities::statements(),
        owners::statements(),
        halls::statements(),
        reports::statements(),
    ]
    .concat()
}
