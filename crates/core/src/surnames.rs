//! Family names, to tell names from other words: 张三 李四 are two people, 独居老人 is nobody.

/// Common family names of one character, simplified and traditional.
const SINGLE: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧肖蔡潘田董袁于余叶蒋杜苏魏\
程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎闫薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武莫孔汤向常温康施文\
牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴\
蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋\
商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强\
帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战\
慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶元束檀衣信展阴昝智幸奉植衡富尧闭由员代习付闫邸税\
張劉陳楊黃趙吳孫馬鄭謝許鄧馮韓蕭葉蔣蘇呂瀋盧鍾範陸賈韋閻龍賀顧龔萬錢嚴賴湯龐顏聶魯單華饒車項";

/// Whether the character is a common family name.
#[must_use]
pub fn is_surname(first: char) -> bool {
    SINGLE.contains(first)
}

/// Whether it has the shape of a Chinese name: a common family name and one or two hanzi, or a
/// compound one and up to two.
#[must_use]
pub fn is_name(words: &str) -> bool {
    let length = words.chars().count();
    let family = crate::resident::surname(words).chars().count();
    match family {
        2 => (3..=4).contains(&length),
        _ => (2..=3).contains(&length) && words.chars().next().is_some_and(is_surname),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_other_words() {
        for name in ["王芳", "欧阳素芬", "代玉珍", "李和平"] {
            assert!(is_name(name), "{name}");
        }
        for words in ["独居老人", "第二组", "空户", "王", "以上人员信息真实有效"] {
            assert!(!is_name(words), "{words}");
        }
    }
}
