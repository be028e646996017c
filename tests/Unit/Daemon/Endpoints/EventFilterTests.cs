using Boreal.Daemon.Endpoints.Node;
using Boreal.Daemon.Http;
using Boreal.Engine.Events;

namespace Boreal.Tests.Unit.Daemon.Endpoints;

public sealed class EventFilterTests
{
    private static readonly EngineEvent Exec = Event("container", "exec_create: sh", "c0ffee", ("image", "busybox:latest"), ("name", "web"), ("tier", "front"));
    private static readonly EngineEvent Tag = Event("image", "tag", "sha256:1", ("name", "busybox:latest"));

    [Theory]
    [InlineData("""{}""", true, true)]
    [InlineData("""{"type":["container"]}""", true, false)]
    [InlineData("""{"event":["exec_create"]}""", true, false)]
    [InlineData("""{"event":["exec_create: sh"]}""", true, false)]
    [InlineData("""{"event":["tag","untag"]}""", false, true)]
    [InlineData("""{"event":["exec"]}""", false, false)]
    [InlineData("""{"container":["c0f"]}""", true, false)]
    [InlineData("""{"container":["web"]}""", true, false)]
    [InlineData("""{"container":["db"]}""", false, false)]
    [InlineData("""{"image":["busybox"]}""", true, true)]
    [InlineData("""{"image":["busybox:latest"]}""", true, true)]
    [InlineData("""{"image":["alpine"]}""", false, false)]
    [InlineData("""{"label":["tier=front"]}""", true, false)]
    [InlineData("""{"label":["tier=back"]}""", false, false)]
    [InlineData("""{"scope":["swarm"]}""", false, false)]
    [InlineData("""{"type":["container"],"event":["tag"]}""", false, false)]
    [InlineData("""{"bogus":["x"]}""", true, true)]
    public void Includes_ByEachKey_FollowsDockersRules(string filters, bool exec, bool tag)
    {
        var filter = new EventFilter(FilterSet.Parse(filters));

        Assert.Equal((exec, tag), (filter.Includes(Exec), filter.Includes(Tag)));
    }

    private static EngineEvent Event(string type, string action, string actor, params (string Key, string Value)[] attributes) =>
        new(type, action, actor, attributes.ToDictionary(pair => pair.Key, pair => pair.Value), DateTimeOffset.UnixEpoch);
}
