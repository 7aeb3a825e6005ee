//! What stands around a table: totals, titles, signature lines.

/// Whether it is a total, such as 合计, 合计：3人, 总计(人).
pub(super) fn is_total(words: &str) -> bool {
    const TOTALS: &[&str] = &[
        "合计",
        "总计",
        "小计",
        "共计",
        "总人数",
        "合计人数",
        "累计",
        "总共",
        "本页小计",
        "本页合计",
        "以上共计",
        "以上合计",
        "共",
    ];
    TOTALS.iter().any(|total| {
        words.strip_prefix(total).is_some_and(|rest| {
            let counts = |c: char| c.is_ascii_digit() || ":.()人数名户次共".contains(c);
            rest.chars().all(counts) && (*total != "共" || rest.chars().any(|c| c.is_ascii_digit()))
        })
    })
}

/// Whether it is a note below a table: who filled it in, remarks, an end mark.
pub(super) fn is_note(words: &str) -> bool {
    const ENDS: &[&str] = &["以下空白", "此行以下空白", "以下无正文", "以下为空", "本页空白", "(以下空白)"];
    const STARTS: &[&str] = &[
        "填表人",
        "制表",
        "复核",
        "核对",
        "主管",
        "主管领导",
        "社区意见",
        "街道意见",
        "填表时间",
        "打印时间",
        "制表时间",
        "统计时间",
        "截止",
        "截至",
        "制表人",
        "填报人",
        "审核人",
        "审核",
        "经办人",
        "负责人",
        "统计人",
        "登记人",
        "记录人",
        "签字",
        "签名",
        "盖章",
        "单位",
        "填表日期",
        "制表日期",
        "填报日期",
        "打印日期",
        "日期",
        "注",
        "备注",
        "说明",
        "填表说明",
        "联系电话",
    ];
    let marked = |rest: &str| {
        rest.is_empty()
            || rest.starts_with([':', '(', '.', ';', '、'])
            || rest.starts_with(|c: char| c.is_ascii_digit())
    };
    let page = words.starts_with('第') && (words.ends_with('页') || words.contains("页,"));
    let bare = words.trim_matches(|c: char| !c.is_alphanumeric());
    ENDS.iter().any(|end| words.starts_with(end) || bare.starts_with(end))
        || page
        || STARTS.iter().any(|start| words.strip_prefix(start).is_some_and(marked))
}

/// Whether it is a title line that names a place or a list, not a person.
pub(super) fn is_title(words: &str) -> bool {
    const PLACES: &[&str] =
        &["院", "苑", "小区", "院落", "社区", "网格", "名单", "名册", "登记表", "花园", "号"];
    words.chars().count() >= 3 && PLACES.iter().any(|place| words.ends_with(place))
}
