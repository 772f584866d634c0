//! What a device is called on the page of one's sessions.

/// Characters of a label.
pub const MAX_LABEL: usize = 40;
/// Bytes of a `User-Agent` that are looked at.
const MAX_READ: usize = 400;

/// Programs, the more particular ones first.
const PROGRAMS: [(&str, &str); 11] = [
    ("micromessenger", "微信"),
    ("alipayclient", "支付宝"),
    ("dingtalk", "钉钉"),
    ("qqbrowser", "QQ 浏览器"),
    ("ucbrowser", "UC 浏览器"),
    ("huaweibrowser", "华为浏览器"),
    ("miuibrowser", "小米浏览器"),
    ("firefox", "Firefox"),
    ("edg", "Edge"),
    ("chrome", "Chrome"),
    ("safari", "Safari"),
];

/// Systems, the more particular ones first.
const SYSTEMS: [(&str, &str); 8] = [
    ("openharmony", "鸿蒙"),
    ("harmonyos", "鸿蒙"),
    ("android", "安卓"),
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("windows", "Windows"),
    ("mac os", "Mac"),
    ("linux", "Linux"),
];

/// A short name of the device, such as `微信 · 安卓`, from its `User-Agent`; empty when nothing is known. Names of
/// products are the same in all languages.
pub fn label(agent: &str) -> String {
    let end = (0..=agent.len().min(MAX_READ)).rev().find(|at| agent.is_char_boundary(*at)).unwrap_or(0);
    let agent = agent.get(..end).unwrap_or("").to_ascii_lowercase();
    let find =
        |list: &[(&str, &'static str)]| list.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    match (find(&PROGRAMS), find(&SYSTEMS)) {
        (Some(program), Some(system)) => format!("{program} · {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_have_short_names() {
        for (agent, wanted) in [
            (
                "Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 Chrome/116 MicroMessenger/8.0.50",
                "微信 · 安卓",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1",
                "Safari · iPhone",
            ),
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge · Windows"),
            ("Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit Chrome/114 HuaweiBrowser/5", "华为浏览器 · 鸿蒙"),
            ("curl/8.0", ""),
            ("", ""),
        ] {
            assert_eq!(label(agent), wanted);
        }
        let long = format!("{}微", "android ".repeat(10_000));
        assert!(label(&long).chars().count() <= MAX_LABEL);
        assert_eq!(label(&"微".repeat(1_000)), "");
    }
}
