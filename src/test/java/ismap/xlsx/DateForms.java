package ismap.xlsx;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Hundreds of ways in which people and programs write one day, 1 April 2024, and what some of them might be taken for. */
final class DateForms {

    private DateForms() {}

    /** Typed as text. */
    static List<String> typed() {
        var forms = new ArrayList<String>();
        for (String separator : List.of("-", "/", ".", "−", "‐", "–", "－", "／", "．", "ー", "―")) {
            forms.add("2024" + separator + "04" + separator + "01");
            forms.add("2024" + separator + "4" + separator + "1");
        }
        for (String separator : List.of("・", "_", ",", ":", "~", " ", "　", "·", "\\", "")) {
            forms.add("2024" + separator + "04" + separator + "01");
        }
        forms.addAll(List.of(
                "２０２４－０４－０１",
                "２０２４／４／１",
                "２０２４．４．１",
                "2024 / 4 / 1",
                "2024 - 04 - 01",
                " 2024-04-01 ",
                "\u00A02024-04-01",
                "2024-04-01\n",
                "2024-04-01\u200B",
                "\uFEFF2024-04-01",
                "2024-4-01",
                "2024/04/1"));
        // Japanese, of the western calendar
        forms.addAll(List.of(
                "2024年4月1日",
                "2024年04月01日",
                "２０２４年４月１日",
                "2024 年 4 月 1 日",
                "2024年 4月 1日",
                "2024年4月1日（月）",
                "2024年4月1日(月)",
                "2024年4月1日（月曜日）",
                "2024年4月1日 月曜日",
                "2024年4月1日月曜",
                "2024年4月1日 月",
                "2024/4/1(月)",
                "2024-04-01（月）",
                "西暦2024年4月1日",
                "二〇二四年四月一日",
                "二〇二四年四月一日（月）",
                "二千二十四年四月一日",
                "弐〇弐四年四月壱日",
                "２０２４年四月１日",
                "2024年4月朔日",
                "2024年4月1日付",
                "2024年4月1日～",
                "2024年4月1日から",
                "2024年4月1日 0時",
                "2024年4月1日 0:00",
                "2024年4月1日 00:00:00",
                "2024年4月1日午前0時",
                "2024年4月",
                "4月1日",
                "2024年度"));
        // Eras
        for (String era : List.of("令和", "㋿", "R", "Ｒ", "r", "令", "㋿ ", "令和 ", "R.", "R ")) {
            for (String day : List.of("6年4月1日", "6.4.1", "06/04/01", "六年四月一日")) {
                forms.add(era + day);
            }
        }
        forms.addAll(List.of(
                "令和６年４月１日",
                "令和６.４.１",
                "Ｒ６．４．１",
                "Ｒ６－４－１",
                "R6-4-1",
                "R6年4月1日(月)",
                "令和6年4月1日（月）",
                "令和6年（2024年）4月1日",
                "令和6年(2024)4月1日",
                "2024年（令和6年）4月1日",
                "2024(R6).4.1",
                "2024-04-01 (R6.4.1)",
                "R6.4.1 2024-04-01",
                "令和6年4月1日〜",
                "6年4月1日",
                "6.4.1",
                "平成36年4月1日",
                "H36.4.1",
                "昭和99年4月1日",
                "S99.4.1",
                "大正113年4月1日",
                "令和6年4月1日 0:00",
                "令和6年度",
                "令和六年4月一日",
                "reiwa 6.4.1",
                "Reiwa 6-04-01"));
        // English and European, and where the order is anybody's guess
        forms.addAll(List.of(
                "April 1, 2024",
                "1 April 2024",
                "1st April 2024",
                "April 1st, 2024",
                "Apr 1, 2024",
                "1 Apr 2024",
                "1-Apr-2024",
                "01-Apr-2024",
                "1-Apr-24",
                "Apr-24",
                "Monday, April 1, 2024",
                "Mon 1 Apr 2024",
                "2024 April 1",
                "2024-Apr-01",
                "01APR2024",
                "Mon, 01 Apr 2024 00:00:00 GMT",
                "4/1/2024",
                "04/01/2024",
                "1/4/2024",
                "01/04/2024",
                "1.4.2024",
                "01.04.2024",
                "1. 4. 2024",
                "1. April 2024",
                "01-04-2024",
                "4-1-2024",
                "4/1/24",
                "1/4/24",
                "24/4/1",
                "24-04-01",
                "24.4.1",
                "'24/4/1",
                "'24.4.1",
                "240401",
                "20240401",
                "4/1",
                "1/4",
                "4-1"));
        // With a time, from programs, and mangled
        forms.addAll(List.of(
                "2024-04-01T00:00",
                "2024-04-01T00:00:00",
                "2024-04-01T00:00:00Z",
                "2024-04-01T00:00:00+09:00",
                "2024-03-31T15:00:00Z",
                "2024-04-01 00:00:00",
                "2024/4/1 0:00",
                "2024/4/1 0:00:00",
                "2024/4/1 0",
                "2024/4/1 1",
                "2024/4/ 1",
                "2024/4 /1",
                "2024/ 4/1",
                "2 024/4/1",
                "2024/0 4/1",
                "2024-04-01Z",
                "2024-04-01+09:00",
                "2024-W14-1",
                "2024-092",
                "45383",
                "45383.0",
                "1711897200",
                "2024/4/1/",
                "2024/4//1",
                "2024-04/01",
                "2024.4/1",
                "2024年4/1",
                "2024/4月1日",
                "<2024-04-01>",
                "\"2024-04-01\"",
                "'2024-04-01",
                "date(\"2024-04-01\")",
                "DATE(2024,4,1)",
                "[2024-04-01]",
                "2024-04-01?",
                "2024-04-01,",
                "2024-04-01。",
                "約2024-04-01",
                "2024-4-1-1",
                "2024-04-011",
                "02024-04-01",
                "2024-04-01-",
                "２０２４年０４月０１日",
                "２０２４−４−１"));
        return List.copyOf(forms);
    }

    /** The numbers of the formats that every Excel has, and those that a Japanese one has beside them. */
    static List<Integer> builtIn() {
        return IntStream.concat(IntStream.rangeClosed(0, 58), IntStream.of(81))
                .boxed()
                .toList();
    }

    /** Formats of date cells, as Excel and LibreOffice write them, and some that are none. */
    static List<String> formats() {
        return List.of(
                "yyyy-mm-dd",
                "yyyy\\-mm\\-dd",
                "YYYY\\-MM\\-DD",
                "yyyy/m/d",
                "yyyy/mm/dd",
                "yyyy/m/d;@",
                "yy/m/d",
                "m/d/yyyy",
                "m/d/yy;@",
                "mm/dd/yy",
                "d/m/yyyy",
                "dd/mm/yyyy",
                "dd.mm.yyyy",
                "d. mmm yyyy",
                "d\\. mmmm yyyy",
                "d-mmm-yy",
                "[$-409]d\\-mmm\\-yyyy;@",
                "[$-409]mmmm d, yyyy;@",
                "[$-409]dddd, mmmm dd, yyyy",
                "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
                "dddd, mmmm d, yyyy",
                "ddd, mmm d, yy",
                "yyyy\"年\"m\"月\"d\"日\"",
                "yyyy\"年\"m\"月\"d\"日\";@",
                "yyyy年m月d日",
                "[$-411]yyyy\"年\"m\"月\"d\"日\"\\ aaaa",
                "[$-411]yyyy/m/d(aaa)",
                "[$-411]ggge\"年\"m\"月\"d\"日\";@",
                "[$-1030411]ggge\\年m\\月d\\日;@",
                "[$-ja-JP-x-gannen]ggge\"年\"m\"月\"d\"日\";@",
                "[$-ja-JP-x-gannen,80]ggge\"年\"m\"月\"d\"日\";@",
                "[$-411]ge.m.d;@",
                "[$-411]gge/mm/dd",
                "[$-411]yyyy\\-mm\\-dd\\ \"(\"ge.m.d\")\"",
                "[$-1030411]yyyy\\-mm\\-dd\\ \\(ge\\.m\\.d\\)",
                "[$-D000411]yyyy/mm/dd",
                "[$-107041E]d mmm yyyy",
                "[$-1010409]yyyy\\-mm\\-dd",
                "[DBNum1][$-411]yyyy\"年\"m\"月\"d\"日\"",
                "[DBNum3][$-411]ggge\"年\"m\"月\"d\"日\"",
                "[Red]yyyy/mm/dd",
                "[Blue][<36526]yyyy/mm/dd;yyyy-mm-dd",
                "yyyy/m/d h:mm",
                "yyyy\\-mm\\-dd\\ hh:mm:ss",
                "yyyy\\-mm\\-dd\"T\"hh:mm:ss",
                "m/d/yy h:mm",
                "m/d/yyyy\\ h:mm\\ AM/PM",
                "yyyy\"年\"m\"月\"",
                "mmm-yy",
                "[$-409]mmmmm;@",
                "m\"月\"d\"日\"",
                "m/d",
                "d",
                "aaa",
                "yyyy",
                "[$-411]ggge\"年\"",
                "h:mm",
                "h:mm:ss AM/PM",
                "[h]:mm:ss",
                "mm:ss.0",
                "[$-F400]h:mm:ss\\ AM/PM",
                "General",
                "0",
                "0.00",
                "#,##0",
                "0%",
                "0.00E+00",
                "@",
                "#,##0\"日\"",
                "G/標準",
                "_ * #,##0_ ;",
                "\"2024-04-01\"",
                ";;;");
    }
}
