using System.Text.Json;
using Boreal.Cli.Templates;
using Boreal.Cli.Templates.Values;

namespace Boreal.Tests.Unit.Cli.Templates;

public sealed class TemplateTests
{
    private const string Json = """
        {"Id":"abc","Name":"/web","Count":3,"Ratio":1.5,"Up":true,"Down":false,"Nothing":null,"Labels":{"b":"2","a":"1"},
         "Env":["A=1","B=2"],"Empty":[],"Ports":{"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8080"}]},"Text":"a<b>&c"}
        """;

    [Theory]
    [InlineData("{{.Id}}", "abc")]
    [InlineData("x {{- .Id -}} y", "xabcy")]
    [InlineData("{{/* nothing */}}{{.Id}}", "abc")]
    [InlineData("{{.Count}} {{.Ratio}} {{.Up}} {{.Nothing}}", "3 1.5 true <no value>")]
    [InlineData("{{.Labels}} {{.Env}} {{.Ports}}", "map[a:1 b:2] [A=1 B=2] map[80/tcp:[map[HostIp:0.0.0.0 HostPort:8080]]]")]
    [InlineData("{{json .Labels}} {{json .Env}} {{json .Text}}", """{"b":"2","a":"1"} ["A=1","B=2"] "a<b>&c" """)]
    [InlineData("{{range .Env}}[{{.}}]{{end}}", "[A=1][B=2]")]
    [InlineData("{{range $i, $e := .Env}}{{if $i}},{{end}}{{$i}}={{$e}}{{end}}", "0=A=1,1=B=2")]
    [InlineData("{{range $k, $v := .Labels}}{{$k}}:{{$v}};{{end}}", "a:1;b:2;")]
    [InlineData("{{range .Empty}}x{{else}}none{{end}}", "none")]
    [InlineData("{{range .Env}}{{if eq . \"B=2\"}}{{break}}{{end}}{{.}}{{end}}", "A=1")]
    [InlineData("{{range .Env}}{{if eq . \"A=1\"}}{{continue}}{{end}}{{.}}{{end}}", "B=2")]
    [InlineData("{{with .Labels}}{{.a}}{{end}}{{with .Empty}}x{{else}}y{{end}}", "1y")]
    [InlineData("{{if .Down}}a{{else if .Up}}b{{else}}c{{end}}", "b")]
    [InlineData("{{index .Labels \"a\"}} {{index .Env 1}} {{(index (index .Ports \"80/tcp\") 0).HostPort}}", "1 B=2 8080")]
    [InlineData("{{len .Env}} {{len .Id}} {{slice .Id 1}}", "2 3 bc")]
    [InlineData("{{.Name | upper}} {{title \"some words\"}} {{truncate .Name 2}} {{pad .Id 1 2}}|", "/WEB Some Words /w  abc  |")]
    [InlineData("{{join .Env \"+\"}} {{range split \"a,b\" \",\"}}<{{.}}>{{end}}", "A=1+B=2 <a><b>")]
    [InlineData("{{printf \"%-6s|%5d|%05d|%q|%v|%x|%t\" .Id .Count .Count .Name .Env 255 .Up}}", "abc   |    3|00003|\"/web\"|[A=1 B=2]|ff|true")]
    [InlineData("{{printf \"%s %d\" .Id}}", "abc %!d(MISSING)")]
    [InlineData("{{print 1 2 \"a\" \"b\" 3}}{{println .Id}}", "1 2ab3abc\n")]
    [InlineData("{{and .Up .Id}} {{or .Down .Id}} {{not .Up}} {{or .Nothing \"none\"}}", "abc abc false none")]
    [InlineData("{{eq .Count 3}} {{ne .Id \"abc\"}} {{lt .Count 4}} {{ge .Ratio 2.0}} {{eq .Id \"x\" \"abc\"}}", "true false true false true")]
    [InlineData("{{$x := .Id}}{{if .Up}}{{$x = \"new\"}}{{end}}{{$x}} {{$.Id}}", "new abc")]
    [InlineData("{{\"quoted\\t\\\"x\\\"\"}} {{`raw\\n`}} {{'a'}}", "quoted\t\"x\" raw\\n 97")]
    public void Render_OverRawJson_PrintsWhatGoPrints(string template, string expected) =>
        Assert.Equal(expected.TrimEnd(' '), Template.Parse(template).Render(JsonValues.Raw(Parsed())));

    [Theory]
    [InlineData("{{.ID", "template: :1: unclosed action")]
    [InlineData("{{range .}}", "template: :1: unexpected EOF")]
    [InlineData("{{foo .}}", "template: :1: function \"foo\" not defined")]
    [InlineData("{{end}}", "template: :1: unexpected {{end}}")]
    [InlineData("{{}}", "template: :1: missing value for command")]
    [InlineData("{{\"open}}", "template: :1: unterminated quoted string")]
    [InlineData("{{break}}", "template: :1: {{break}} outside {{range}}")]
    public void Parse_OfAWrongTemplate_SaysWhatIsWrong(string template, string expected) =>
        Assert.Equal(expected, Assert.Throws<TemplateException>(() => Template.Parse(template)).Message);

    [Theory]
    [InlineData("{{.Foo}}", "template: :1:2: executing \"\" at <.Foo>: map has no entry for key \"Foo\"")]
    [InlineData("a\n b {{.Labels.zzz}}", "template: :2:5: executing \"\" at <.Labels.zzz>: map has no entry for key \"zzz\"")]
    [InlineData("{{index .Env 9}}", "template: :1:2: executing \"\" at <index>: error calling index: index out of range: 9")]
    [InlineData("{{.Nothing.More}}", "template: :1:2: executing \"\" at <.Nothing.More>: nil pointer evaluating interface {}.More")]
    public void Render_OfWhatIsNotThere_SaysWhereAndWhat(string template, string expected) =>
        Assert.Equal(expected, Assert.Throws<TemplateException>(() => Template.Parse(template).Render(JsonValues.Raw(Parsed()))).Message);

    private static JsonElement Parsed() => JsonDocument.Parse(Json).RootElement;
}
