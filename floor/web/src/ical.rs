//! Calendar files (iCalendar, RFC 5545): content lines and texts.

/// A text as a value: `\`, `;` and `,` are escaped, line ends are `\n` (RFC 5545, 3.3.11), other controls are spaces.
pub fn text(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    text.replace("\r\n", "\\n").replace('\n', "\\n").replace(|c: char| c.is_control(), " ")
}

/// Writes a content line: no more than 75 octets, continued after CR LF and a space, never within a character (RFC 5545,
/// 3.1).
pub fn fold(out: &mut String, text: &str) {
    let mut width = 0;
    for c in text.chars() {
        if width + c.len_utf8() > 74 {
            out.push_str("\r\n ");
            width = 1;
        }
        out.push(c);
        width += c.len_utf8();
    }
    out.push_str("\r\n");
}
