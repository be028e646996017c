using Boreal.Cli.CommandLine;
using Boreal.Cli.Parsing;
using Boreal.Notation;

namespace Boreal.Tests.Unit.Cli.CommandLine;

public sealed class FlagSetTests
{
    private readonly FlagSet _flags = new();
    private readonly ValueFlag<bool> _interactive;
    private readonly ValueFlag<bool> _tty;
    private readonly ValueFlag<long> _last;
    private readonly ValueFlag<string> _name;
    private readonly ListFlag _environment;

    public FlagSetTests()
    {
        _interactive = _flags.Switch("interactive", 'i', "");
        _tty = _flags.Switch("tty", 't', "");
        _last = _flags.Integer("last", 'n', "", -1);
        _name = _flags.Text("name", '\0', "");
        _environment = _flags.List("env", 'e', "");
        _flags.Value("memory", 'm', "bytes", "", 0L, ByteSize.Parse);
    }

    [Fact]
    public void Parse_OfGroupedShortOptions_ReadsEach()
    {
        var arguments = _flags.Parse(["-itn5", "-eA=1", "-e", "B=2", "--name=x", "image", "ls", "-l"], anywhere: false);
        Assert.True(_interactive.Value && _tty.Value);
        Assert.Equal(5, _last.Value);
        Assert.Equal(["A=1", "B=2"], _environment.Values);
        Assert.Equal("x", _name.Value);
        Assert.Equal(["image", "ls", "-l"], arguments);
    }

    [Fact]
    public void Parse_WithOptionsAnywhere_TakesThemAfterArgumentsUpToTheDashes()
    {
        var arguments = _flags.Parse(["a", "-i", "b", "-", "--", "-t"], anywhere: true);
        Assert.True(_interactive.Value);
        Assert.False(_tty.Value);
        Assert.Equal(["a", "b", "-", "-t"], arguments);
    }

    [Fact]
    public void Parse_OfASwitchWithAValue_ReadsIt()
    {
        _flags.Parse(["--interactive=false", "-t=1"], anywhere: true);
        Assert.False(_interactive.Value);
        Assert.True(_interactive.IsGiven);
        Assert.True(_tty.Value);
    }

    [Theory]
    [InlineData("unknown flag: --foo", "--foo")]
    [InlineData("unknown shorthand flag: 'z' in -z", "-iz")]
    [InlineData("flag needs an argument: --name", "--name")]
    [InlineData("flag needs an argument: 'n' in -n", "-n")]
    [InlineData("bad flag syntax: --=", "--=")]
    [InlineData("invalid argument \"abc\" for \"-n, --last\" flag: strconv.ParseInt: parsing \"abc\": invalid syntax", "-nabc")]
    [InlineData("invalid argument \"foo\" for \"-t, --tty\" flag: strconv.ParseBool: parsing \"foo\": invalid syntax", "--tty=foo")]
    [InlineData("invalid argument \"abc\" for \"-m, --memory\" flag: invalid size: 'abc'", "-mabc")]
    public void Parse_OfAWrongOption_SaysItInDockersWords(string expected, params string[] words) =>
        Assert.Equal(expected, Assert.Throws<UsageException>(() => _flags.Parse(words, anywhere: true)).Message);
}
