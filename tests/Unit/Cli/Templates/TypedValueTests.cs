using System.Text.Json;
using Boreal.Api.Containers;
using Boreal.Cli.Templates;
using Boreal.Cli.Templates.Values;

namespace Boreal.Tests.Unit.Cli.Templates;

public sealed class TypedValueTests
{
    // Cut from the answer of a real engine.
    private const string Container = """
        {"Id":"0fcc16925800","Name":"/clic1","State":{"Status":"running","Running":true,"ExitCode":0},"HostConfig":{"RestartPolicy":{"Name":"no","MaximumRetryCount":0},
         "PortBindings":{"80/tcp":[{"HostIp":"127.0.0.1","HostPort":"18080"}]},"PidsLimit":null,"Binds":null},
         "Config":{"Cmd":["sleep","600"],"Env":null,"Labels":{"c":"d","a":"b"}},"Mounts":[{"Type":"bind","Source":"/x","Destination":"/mnt","Mode":"","RW":true,"Propagation":"rprivate"}]}
        """;

    [Theory]
    [InlineData("{{.State.Health}} {{.HostConfig.PidsLimit}}", "<nil> <nil>")]
    [InlineData("{{.HostConfig.Binds}} {{.Config.Env}} {{.Config.Volumes}}", "[] [] map[]")]
    [InlineData("{{.HostConfig.RestartPolicy}} {{.HostConfig.PortBindings}}", "{no 0} map[80/tcp:[{127.0.0.1 18080}]]")]
    [InlineData("{{json .HostConfig.RestartPolicy}} {{json .State.Health}}", """{"Name":"no","MaximumRetryCount":0} null""")]
    [InlineData("{{.RestartCount}} {{.Driver}}|{{len .Mounts}}", "0 |1")]
    [InlineData("{{index .Config.Labels \"no\"}}|{{.Config.Labels.no}}|{{eq (index .Config.Labels \"no\") \"\"}}", "|<no value>|true")]
    [InlineData("{{index .HostConfig.Sysctls \"no\"}}|{{index .HostConfig.PortBindings \"90/tcp\"}}|{{index .Config.Volumes \"/x\"}}", "|<no value>|{}")]
    [InlineData("{{.Config.Labels}} {{.ID}}", "map[a:b c:d] 0fcc16925800")]
    public void Render_OverAKnownShape_PrintsZeroValuesAndStructs(string template, string expected)
    {
        using var json = JsonDocument.Parse(Container);
        var value = JsonValues.Typed(json.RootElement, ContainersJsonContext.Default.ContainerInspect);
        Assert.Equal(expected, Template.Parse(template).Render(value));
    }

    [Fact]
    public void Render_OfAnUnknownField_Fails()
    {
        using var json = JsonDocument.Parse(Container);
        var value = JsonValues.Typed(json.RootElement, ContainersJsonContext.Default.ContainerInspect);
        Assert.Contains("can't evaluate field Foo", Assert.Throws<TemplateException>(() => Template.Parse("{{.Foo}}").Render(value)).Message, StringComparison.Ordinal);
    }
}
