using Boreal.Daemon.Endpoints.Containers.Listing;
using Boreal.Daemon.Http;
using Boreal.Engine.Containers;
using Boreal.Engine.Errors;

namespace Boreal.Tests.Unit.Endpoints;

public sealed class ListQueryTests
{
    private static readonly Container Exited = new(
        GoldenRequest.Read("cli-run").ToSpec(),
        new ContainerStatus { State = ContainerState.Exited, ExitCode = 3, StartedAt = DateTimeOffset.UnixEpoch, FinishedAt = DateTimeOffset.UnixEpoch });

    [Theory]
    [InlineData("""{"name":["gold"]}""", true)]
    [InlineData("""{"name":["^/golden$"]}""", true)]
    [InlineData("""{"name":["^gold$"]}""", false)]
    [InlineData("""{"name":["("]}""", false)]
    [InlineData("""{"id":["0123"]}""", true)]
    [InlineData("""{"id":["123"]}""", false)]
    [InlineData("""{"label":["a"]}""", true)]
    [InlineData("""{"label":["a=b"]}""", true)]
    [InlineData("""{"label":["a=c"]}""", false)]
    [InlineData("""{"exited":["3","4"]}""", true)]
    [InlineData("""{"exited":["0"]}""", false)]
    [InlineData("""{"status":{"exited":true}}""", true)]
    [InlineData("""{"status":["running"]}""", false)]
    [InlineData("""{"health":["none"]}""", true)]
    [InlineData("""{"network":["bridge"]}""", true)]
    [InlineData("""{"network":["host"]}""", false)]
    [InlineData("""{"volume":["/x"]}""", false)]
    [InlineData("""{"publish":["80"]}""", false)]
    public void Matches_ByFilter(string filters, bool expected) =>
        Assert.Equal(expected, new ListQuery(FilterSet.Parse(filters)).Matches(Exited, null));

    [Theory]
    [InlineData("""{"foo":["x"]}""", "invalid filter 'foo'")]
    [InlineData("""{"status":["foo"]}""", "invalid filter 'status=foo'")]
    [InlineData("""{"exited":["x"]}""", "invalid filter 'exited=x': strconv.Atoi: parsing \"x\": invalid syntax")]
    [InlineData("""{"health":["x"]}""", "unrecognized filter value for health: x")]
    [InlineData("""{"is-task":["x"]}""", "invalid filter 'is-task=[x]'")]
    [InlineData("""{"publish":["x"]}""", "error while looking up for publish x: strconv.ParseUint: parsing \"x\": invalid syntax")]
    public void Constructor_OfUnknown_SaysWhatDockerSays(string filters, string message) =>
        Assert.Equal(message, Assert.Throws<EngineException>(() => new ListQuery(FilterSet.Parse(filters))).Message);
}
