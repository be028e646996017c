using Boreal.Oci.Distribution.Toml;

namespace Boreal.Tests.Unit.Oci.Distribution;

public sealed class TomlReaderTests
{
    [Fact]
    public void Read_AWholeDocument_KeepsOrderAndKinds()
    {
        var root = TomlReader.Read("""
            # where we are
            server = "https://a\tb\u00e9" # the registry
            'lit.eral' = 'C:\x'
            dotted.key = -1_000

            [host."https://one:5000"]
              capabilities = [
                "pull", # first
                'resolve',
              ]
              skip_verify = true
              client = [["c.pem", "k.pem"], []]
              [host."https://one:5000".header]
                x-a = { b = "c", d = false }
            [host."http://two"]
            """);

        Assert.Equal("https://a\tbé", root["server"]);
        Assert.Equal("C:\\x", root["lit.eral"]);
        Assert.Equal(-1000L, Table(root, "dotted")["key"]);
        var hosts = Table(root, "host");
        Assert.Equal(["https://one:5000", "http://two"], hosts.Entries.Select(entry => entry.Key));
        var one = Table(hosts, "https://one:5000");
        Assert.Equal(["pull", "resolve"], Assert.IsType<List<object>>(one["capabilities"]));
        Assert.Equal(true, one["skip_verify"]);
        Assert.Equal(2, Assert.IsType<List<object>>(one["client"]).Count);
        Assert.Equal("c", Table(Table(one, "header"), "x-a")["b"]);
    }

    [Theory]
    [InlineData("a = ", "line 1: a value is expected")]
    [InlineData("\n= 1", "line 2: a key is expected")]
    [InlineData("a = 1\na = 2", "line 2: 'a' is there already")]
    [InlineData("[a]\n[a]", "line 2: the table is there already")]
    [InlineData("a = 1\n[a]", "line 2: 'a' is not a table")]
    [InlineData("a = \"x", "line 1: the string does not end")]
    [InlineData("a = \"\\q\"", "line 1: '\\q' is no escape")]
    [InlineData("a = \"\\ud800\"", "line 1: no such character")]
    [InlineData("a = \"\"\"x\"\"\"", "line 1: strings over several lines are not supported")]
    [InlineData("[[a]]", "line 1: arrays of tables are not supported")]
    [InlineData("a = 1.5", "line 1: the end of the line is expected, not '.'")]
    [InlineData("a = 1979-05-27", "line 1: '1979-05-27' is not a supported value")]
    [InlineData("a = [1, 2", "line 1: ']' is expected")]
    [InlineData("a = true b", "line 1: the end of the line is expected, not 'b'")]
    public void Read_WhatIsNoToml_SaysLineAndReason(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => TomlReader.Read(text)).Message);

    private static TomlTable Table(TomlTable table, string key) => Assert.IsType<TomlTable>(table[key]);
}
