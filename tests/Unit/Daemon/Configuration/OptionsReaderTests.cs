using Boreal.Daemon.Configuration;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.Unit.Daemon.Configuration;

public sealed class OptionsReaderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("--host", "unix:///a", "-H", "unix:///b")]
    [InlineData("--host=unix:///a", "-Hunix:///b")]
    [InlineData("-H=unix:///a", "--host", "unix:///b")]
    public void Read_RepeatedFlagInAnySpelling_KeepsAllValues(params string[] arguments) =>
        Assert.Equal(["unix:///a", "unix:///b"], Read(arguments).Hosts);

    [Fact]
    public void Read_NothingGiven_ListensBelowTheExecRoot()
    {
        var options = Read("--exec-root", "/run/other/");

        Assert.Equal(["unix:///run/other/boreal.sock"], options.Hosts);
        Assert.Equal("/run/other/boreald.pid", options.PidFile);
    }

    [Fact]
    public void Read_OtherExecRoot_HasACgroupParentOfItsOwn()
    {
        string[] roots = ["/run/boreal", "/run/a", "/run/b"];

        var parents = Array.ConvertAll(roots, root => Read("--exec-root", root).Containers.CgroupParent);

        Assert.Equal("/boreal", parents[0]);
        Assert.Equal(3, parents.Distinct().Count());
        Assert.Equal("/mine", Read("--exec-root", "/run/a", "--cgroup-parent", "/mine").Containers.CgroupParent);
    }

    [Theory]
    [InlineData("unknown flag: --nope\nSee 'boreald --help'.", "--nope")]
    [InlineData("unknown shorthand flag: 'x' in -x\nSee 'boreald --help'.", "-x")]
    [InlineData("boreald accepts no arguments, but 'start' was given\nSee 'boreald --help'.", "start")]
    [InlineData("flag needs an argument: --mtu\nSee 'boreald --help'.", "--mtu")]
    [InlineData("invalid default MTU: x (68 to 65535)", "--mtu", "x")]
    [InlineData("invalid logging level: loud (debug, info, warn, error or fatal)", "-l", "loud")]
    [InlineData("invalid value \"false\" for \"live-restore\": only true is supported", "--live-restore=false")]
    public void Read_WrongFlag_SaysWhatIsWrong(string message, params string[] arguments) =>
        Assert.Equal(message, Assert.Throws<ConfigurationException>(() => Read(arguments)).Message);

    [Fact]
    public void Read_TcpWithoutTls_IsRefused()
    {
        Assert.Contains("--tlsverify", Assert.Throws<ConfigurationException>(() => Read("-H", "tcp://127.0.0.1:2375")).Message, StringComparison.Ordinal);
        Assert.Contains("--tlsverify", Assert.Throws<ConfigurationException>(() => Read("-H", "tcp://127.0.0.1:2375", "--tls")).Message, StringComparison.Ordinal);
        Assert.True(Read("-H", "tcp://127.0.0.1:2375", "--tlsverify").Tls.Verify);
    }

    [Fact]
    public void Read_File_SetsWhatFlagsWould()
    {
        var options = ReadFile("""
            {
              "debug": true, "hosts": ["unix:///a"], "labels": ["a=b"], "log-opts": {"max-size": "1m"}, "mtu": 1400, "default-shm-size": "128M",
              "default-ulimits": {"nofile": {"Name": "nofile", "Hard": 2, "Soft": 1}}, "runtimes": {"mine": {"path": "/opt/mine"}}
            }
            """);

        Assert.True(options.Logging.IsDebug);
        Assert.Equal(["unix:///a"], options.Hosts);
        Assert.Equal(["a=b"], options.Labels);
        Assert.Equal("1m", options.Containers.LogOptions["max-size"]);
        Assert.Equal(1400, options.Bridge.Mtu);
        Assert.Equal(128L << 20, options.Containers.ShmSize);
        Assert.Equal(("nofile", 1L, 2L), options.Containers.Ulimits.Select(limit => (limit.Name, limit.Soft, limit.Hard)).Single());
        Assert.Equal("/opt/mine", options.Containers.Runtimes["mine"]);
    }

    [Theory]
    [InlineData("""{"foo": 1, "bar": 2}""", "the following directives don't match any configuration option: foo, bar")]
    [InlineData("""{"debug": "yes"}""", "debug must be true or false")]
    [InlineData("""{"hosts": "unix:///a"}""", "hosts must be a list or an object")]
    [InlineData("[]", "the file must hold one JSON object")]
    public void Read_WrongFile_SaysWhatIsWrong(string json, string message) =>
        Assert.EndsWith($"daemon.json: {message}", Assert.Throws<ConfigurationException>(() => ReadFile(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_SameSettingInFlagAndFile_IsRefused()
    {
        var refused = Assert.Throws<ConfigurationException>(() => ReadFile("""{"debug": true, "labels": ["a=b"]}""", "--debug", "--label", "x=y"));

        Assert.Contains("labels: (from flag: [x=y], from file: [a=b])", refused.Message, StringComparison.Ordinal);
        Assert.Contains("debug: (from flag: true, from file: true)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MissingFile_IsAnErrorOnlyWhenNamed()
    {
        Assert.Throws<ConfigurationException>(() => Read("--config-file", _directory.File("none.json")));
    }

    [Fact]
    public void Help_EverySetting_IsListed()
    {
        var help = HelpText.Build();

        Assert.All(Settings.All, setting => Assert.Contains($"--{setting.Name} ", help, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_BuilderOfDockersOwnExamples_AreRules()
    {
        var builder = ReadFile("""
            {"builder": {"gc": {"enabled": true, "defaultKeepStorage": "10GB", "policy": [
              {"keepStorage": "10GB", "filter": ["unused-for=2200h"]},
              {"reservedSpace": "50GB", "maxUsedSpace": 100, "minFreeSpace": "1KB", "keepDuration": "48h", "filter": {"type": "source.local"}},
              {"keepStorage": "100GB", "all": true}
            ]}}}
            """).Builder;

        Assert.True(builder.CollectsGarbage);
        Assert.Equal(10L << 30, builder.KeepStorage);
        Assert.Equal([TimeSpan.FromHours(2200), TimeSpan.FromHours(48), TimeSpan.Zero], builder.Rules.Select(rule => rule.KeepFor));
        Assert.Equal([10L << 30, 50L << 30, 100L << 30], builder.Rules.Select(rule => rule.ReservedSpace));
        Assert.Equal((100, 1024), (builder.Rules[1].MaxUsedSpace, builder.Rules[1].MinFreeSpace));
        Assert.Equal(["type==source.local"], builder.Rules[1].Filters);
        Assert.True(builder.Rules[2].All);
        Assert.False(ReadFile("""{"builder": {"gc": {"enabled": false}}}""").Builder.CollectsGarbage);
    }

    [Theory]
    [InlineData("""{"builder": 1}""", "builder must be an object")]
    [InlineData("""{"builder": {"x": 1}}""", "the following directives don't match any configuration option: builder.x")]
    [InlineData("""{"builder": {"gc": {"policy": [{"keep": 1}]}}}""", "the following directives don't match any configuration option: builder.gc.policy.keep")]
    [InlineData("""{"builder": {"gc": {"policy": [{"filter": ["label=1"]}]}}}""", "invalid filter 'label' in builder.gc.policy")]
    [InlineData("""{"builder": {"gc": {"enabled": "yes"}}}""", "builder: enabled must be true or false")]
    public void Read_BuilderWithWhatIsNone_IsRefused(string json, string message) =>
        Assert.Contains(message, Assert.Throws<ConfigurationException>(() => ReadFile(json)).Message, StringComparison.Ordinal);

    private DaemonOptions ReadFile(string json, params string[] arguments)
    {
        File.WriteAllText(_directory.File("daemon.json"), json);
        return OptionsReader.Read(CommandLine.Parse(["--config-file", _directory.File("daemon.json"), .. arguments]));
    }

    private DaemonOptions Read(params string[] arguments) =>
        arguments.Contains("--config-file") ? OptionsReader.Read(CommandLine.Parse(arguments)) : ReadFile("{}", arguments);
}
