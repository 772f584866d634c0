//! What files look like, and what is said about those that cannot be read.

use consent::{Channel, CheckedRoll, Choice, Roll, Status, check_roll, read_ballots, read_roll};
use proptest::prelude::*;

const HEAD: &str = "unit,building,floor,owner,area,status\n";

fn roll(text: &str) -> Result<Roll, String> {
    read_roll(text.as_bytes()).map_err(|error| error.to_string())
}

#[test]
fn one_roll_in_many_spellings() {
    let plain = roll(&format!("{HEAD}3-501,3,5,甲+乙,89.50,sold\n3-502,3,5,,120.00,unsold\n")).unwrap();
    assert_eq!((plain.units()[0].area.0, plain.units()[1].status), (8_950, Status::Unsold));
    for spelled in [
        // byte order mark, CRLF, no last line end, empty rows
        "\u{FEFF}unit,building,floor,owner,area,status\r\n\r\n3-501,3,5,甲+乙,89.50,sold\r\n,,,,,\r\n3-502,3,5,,120.00,unsold",
        // quoted cells, other order, other columns
        "remark,area,unit,\"status\",floor,owner,building\n\"a,\n\"\"b\"\"\",89.5,\"3-501\",sold,5,甲+乙,3\n,120,3-502,unsold,5,,3\n",
        // full-width, spaces, capitals
        "Unit, Building ,FLOOR,owner,area,status\n３－５０１, 3 ,５,甲　+乙,８９．５０,Sold\n 3-502,3,5,　,120.00 ,UNSOLD\n",
        // Chinese
        "房号,楼栋,楼层,业主,面积,状态\n3-501,3,5,甲+乙,89.50,已售\n3-502,3,5,,120.00,未售\n",
    ] {
        assert_eq!(roll(spelled).as_ref(), Ok(&plain), "{spelled}");
    }
}

#[test]
fn ballots_in_many_spellings() {
    let text = "unit,choice,channel\n1,agree,online\n１,Disagree,PAPER\n2,弃权,委托\n3,无效,import\n";
    let ballots = read_ballots(text.as_bytes()).unwrap();
    let seen: Vec<_> = ballots.iter().map(|b| (b.unit.as_str(), b.choice, b.channel, b.instructed, b.line)).collect();
    assert_eq!(
        seen,
        [
            ("1", Choice::Agree, Channel::Online, true, 2),
            ("1", Choice::Disagree, Channel::Paper, true, 3),
            ("2", Choice::Abstain, Channel::Proxy, true, 4),
            ("3", Choice::Invalid, Channel::Import, true, 5),
        ]
    );
    let text = "channel,unit,choice,instruction\r\nproxy,1,agree,no. 7\r\n\r\nproxy,2,agree,\r\nproxy,3,agree,无\r\n";
    let ballots = read_ballots(text.as_bytes()).unwrap();
    let seen: Vec<_> = ballots.iter().map(|b| (b.instructed, b.line)).collect();
    assert_eq!(seen, [(true, 2), (false, 4), (false, 5)]);
    assert_eq!(read_ballots("unit,choice,channel\n".as_bytes()), Ok(Vec::new()));
}

#[test]
fn every_fault_of_a_roll_is_told_and_what_can_be_taken_is() {
    let file = format!(
        "{HEAD}1,1,1,a,80,sold\n1,1,1,b,80,sold\n2,1,1,c,0,sold\n3,1,1,d,80.123,sold\n4,1,1,e,80,rented\n,1,1,f,80,sold\n\
         5,1,1,g,80,sold,x\n6,1,1\n7,1,1,h,80.5,unsold\n"
    );
    let CheckedRoll { units, faults } = check_roll(file.as_bytes()).unwrap();
    let taken: Vec<_> = units.iter().map(|(line, unit)| (*line, unit.unit.as_str(), unit.area.0)).collect();
    assert_eq!(taken, [(2, "1", 8_000), (10, "7", 8_050)]);
    assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [3, 4, 5, 6, 7, 8, 9]);
    // the first of them is what reading it says
    assert_eq!(read_roll(file.as_bytes()).unwrap_err().line, 4, "read row by row, twins are found last");
    let good = format!("{HEAD}1,1,1,a,80,sold\n2,1,1,b,80,sold\n");
    let CheckedRoll { units, faults } = check_roll(good.as_bytes()).unwrap();
    let units: Vec<_> = units.into_iter().map(|(_, unit)| unit).collect();
    assert!(faults.is_empty());
    assert_eq!(read_roll(good.as_bytes()).unwrap().units(), units);
    assert!(check_roll("unit,building\n".as_bytes()).is_err());
}

#[test]
fn a_wrong_roll_is_told_with_its_line_and_what_to_do() {
    for (text, said) in [
        ("", "line 1: the file is empty: its first row names the columns unit,building,floor,owner,area,status"),
        (HEAD, "line 1: the roll has no units"),
        ("unit,building,floor,owner,area\n", "line 1: the first row has no column `status`: it has to name"),
        ("unit,unit,building,floor,owner,area,status\n", "line 1: the column `unit` is named twice"),
        ("1,1,1,a,80,sold\n", "line 1: the first row has no column `unit`"),
        (&format!("{HEAD}1,1,1,a,80,sold\n\n1,2,1,b,80,sold\n"), "line 4: the unit `1` stands in line 2 already"),
        (&format!("{HEAD}１,1,1,a,80,sold\r\n1,2,1,b,80,sold\r\n"), "line 3: the unit `1` stands in line 2 already"),
        (&format!("{HEAD},1,1,a,80,sold\n"), "line 2: the cell `unit` is empty"),
        (&format!("{HEAD}1,1,1,a,89.125,sold\n"), "line 2: the area `89.125` has more than two decimals"),
        (&format!("{HEAD}1,1,1,a,0.00,sold\n"), "line 2: the area `0.00` is zero"),
        (&format!("{HEAD}1,1,1,a,-3,sold\n"), "line 2: the area `-3` is no area"),
        (&format!("{HEAD}1,1,1,a,,sold\n"), "line 2: the area `` is no area"),
        (&format!("{HEAD}1,1,1,a,1000001,sold\n"), "line 2: the area `1000001` is more than a million"),
        (&format!("{HEAD}1,1,1,a,80,rented\n"), "line 2: the status `rented` is not known"),
        (&format!("{HEAD}1,1,1,a,80,\n"), "line 2: the cell `status` is empty"),
        (&format!("{HEAD}1,1,1,a,80\n"), "line 2: the row ends before the column `status`"),
        (&format!("{HEAD}1,1,1,a,b,80,sold\n"), "line 2: the row has 7 cells, but there are 6 columns"),
        (
            &format!("{HEAD}1,1,1,a,80,sold\n2,1,1,\"b,80,sold\n"),
            "line 3: a cell that begins with a quote here is never",
        ),
        (&format!("{HEAD}1,1,1,{},80,sold\n", "x".repeat(1_001)), "line 2: a cell is longer than 1000 bytes"),
        (&",".repeat(200), "line 1: the file is empty"),
        (&format!("unit{}\n", ",x".repeat(200)), "line 1: more than 100 columns"),
    ] {
        let error = roll(text).unwrap_err();
        assert!(error.starts_with(said), "{error}\nis not\n{said}");
    }
    let latin = [HEAD.as_bytes(), b"1,1,1,\xB0\xA1,80,sold\n"].concat();
    assert!(read_roll(latin.as_slice()).unwrap_err().to_string().starts_with("line 2: this is not UTF-8"));
    for (row, said) in [
        ("1,maybe,paper", "line 2: the choice `maybe` is not known"),
        ("1,,paper", "line 2: the cell `choice` is empty"),
        ("1,agree,", "line 2: the cell `channel` is empty"),
        ("1,agree,post\u{1b}[2J", "line 2: the channel `post�[2J` is not known"),
        (",agree,paper", "line 2: the cell `unit` is empty"),
    ] {
        let error = read_ballots(format!("unit,choice,channel\n{row}\n").as_bytes()).unwrap_err().to_string();
        assert!(error.starts_with(said), "{error}");
    }
}

/// Pieces of files, right and wrong, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "unit,building,floor,owner,area,status",
        "unit,choice,channel",
        "1",
        "2",
        ",",
        ",",
        ",",
        "\n",
        "\r\n",
        "\r",
        "\"",
        "\"\"",
        "甲+乙",
        "89.50",
        "sold",
        "agree",
        "paper",
        " ",
        "\u{FEFF}",
        "８",
        "x",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// A cell that a CSV writer would quote or not.
fn quoted(cell: &str, always: bool) -> String {
    if always || cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read_roll(bytes.as_slice());
        let _ = read_ballots(bytes.as_slice());
        let _ = consent::Rules::parse(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn files_of_likely_pieces_never_panic(rest in pieces()) {
        let _ = read_roll(rest.as_bytes());
        let _ = read_roll(format!("{HEAD}{rest}").as_bytes());
        let _ = read_ballots(format!("unit,choice,channel\n{rest}").as_bytes());
    }

    #[test]
    fn whatever_the_cells_hold_they_come_back_with_their_lines(
        cells in prop::collection::vec(("[a-z\",\n\r]{0,6}", "[a-z\",\n]{0,6}", any::<bool>()), 1..8),
        end in prop::sample::select(vec!["\n", "\r\n"]),
    ) {
        let mut text = format!("remark,unit,choice,channel,other{end}");
        let mut lines = Vec::new();
        for (n, (before, after, always)) in cells.iter().enumerate() {
            lines.push(1 + text.matches('\n').count() as u64);
            let (before, after) = (quoted(before, *always), quoted(after, *always));
            text.push_str(&format!("{before},u{n},agree,paper,{after}{end}"));
        }
        let ballots = read_ballots(text.as_bytes()).unwrap();
        prop_assert_eq!(ballots.iter().map(|b| b.line).collect::<Vec<_>>(), lines);
        let units: Vec<&str> = ballots.iter().map(|b| b.unit.as_str()).collect();
        let wanted: Vec<String> = (0..cells.len()).map(|n| format!("u{n}")).collect();
        prop_assert_eq!(units, wanted);
    }
}

#[test]
fn rules_come_back_from_json_as_they_went_and_wrong_ones_do_not() {
    for name in consent::Rules::builtin_names() {
        let rules = consent::Rules::builtin(name).unwrap();
        let json = serde_json::to_string(&rules).unwrap();
        assert_eq!(serde_json::from_str::<consent::Rules>(&json).unwrap(), rules, "{name}");
        let wrong = json.replace("\"use-fund\"", "\"raise-fund\"");
        assert!(serde_json::from_str::<consent::Rules>(&wrong).is_err(), "{name}: an item twice, another not at all");
    }
}
