using Boreal.Build.Builds;
using Boreal.Build.Caching;
using Boreal.Build.Contexts;
using Boreal.Build.Gateway;
using Boreal.Build.Progress;
using Boreal.Build.Session;
using Boreal.BuildWire.Protocol.Control;
using Boreal.BuildWire.Protocol.Types;
using Boreal.Engine.Errors;
using Boreal.Engine.State;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;

namespace Boreal.Tests.Unit.Build.Gateway;

public sealed class MappingTests
{
    [Fact]
    public void Failure_WithAPlace_CarriesItAsClientsReadIt()
    {
        var failure = FailureMapping.ToRpc(new BuildException("no luck")
        {
            Step = "sha256:one",
            Excerpt = new SourceExcerpt("Dockerfile", "FROM x\n"u8.ToArray(), [new SourceRange(1, 2)]),
        });

        Assert.Equal("no luck", failure.Status.Detail);
        var status = Status.Parser.ParseFrom(failure.Trailers.Single(trailer => trailer.Key == "grpc-status-details-bin").ValueBytes);
        Assert.Equal(
            [
                ("github.com/moby/buildkit/errdefs.Vertex+json", """{"digest":"sha256:one"}"""),
                ("github.com/moby/buildkit/errdefs.Source+json", """{"info":{"filename":"Dockerfile","data":"RlJPTSB4Cg==","language":"Dockerfile"},"ranges":[{"start":{"line":1},"end":{"line":2}}]}"""),
            ],
            status.Details.Select(detail => (detail.TypeUrl, detail.Value.ToStringUtf8())));
    }

    [Fact]
    public void Exports_OfOlderClients_AreFoundToo()
    {
        var request = new SolveRequest { ExporterDeprecated = "moby", ExporterAttrsDeprecated = { ["name"] = "a" } };

        var export = Assert.Single(SolveMapping.ExportsOf(request));

        Assert.Equal(("moby", "a", 0), (export.Kind, export.Attributes["name"], export.Index));
    }

    [Fact]
    public void Exports_NamedBothWays_CountOnce()
    {
        var request = new SolveRequest { ExporterDeprecated = "moby", Exporters = { new Exporter { Type = "moby" }, new Exporter { Type = "tar" } } };

        Assert.Equal([("moby", 0), ("tar", 1)], SolveMapping.ExportsOf(request).Select(export => (export.Kind, export.Index)));
    }

    [Fact]
    public void Build_WithoutAFrontend_IsRefused() =>
        Assert.Equal(ErrorKind.NotImplemented, Assert.Throws<EngineException>(() => SolveMapping.ToBuild(new SolveRequest())).Kind);

    [Fact]
    public void Definition_OfAResult_NamesItStill()
    {
        var definition = ResultDefinition.Of("tree1");

        Assert.Equal("tree1", ResultDefinition.Find(definition));
        // Clients find the one that is meant by the last, and know it by the digest of its bytes.
        var end = Op.Parser.ParseFrom(definition.Def[^1]);
        Assert.Equal(Assert.Single(definition.Metadata.Keys), Assert.Single(end.Inputs).Digest);
        Assert.Null(ResultDefinition.Find(new Definition { Def = { new Op { Source = new SourceOp { Identifier = "docker-image://x" } }.ToByteString() } }));
    }

    [Fact]
    public void Responses_OfManyLogs_StayBelowWhatClientsTake()
    {
        var events = Enumerable.Range(0, 100).Select(_ => new ProgressEvent.Logged("one", 1, new byte[100_000], DateTimeOffset.UnixEpoch)).ToList();

        var responses = ProgressMapping.ToResponses(events).ToList();

        Assert.Equal(100, responses.Sum(response => response.Logs.Count));
        Assert.All(responses, response => Assert.InRange(response.CalculateSize(), 1, 2 << 20));
    }

    [Fact]
    public async Task Table_OfABuildThatIsOver_KnowsItForAWhile()
    {
        using var database = Database.Open(":memory:");
        var table = new BuildTable(TimeProvider.System);
        var client = new SessionClient(new SessionRegistry(TimeProvider.System, NullLogger<SessionRegistry>.Instance), new ContextStore("/nowhere", new FolderLedger(database, TimeProvider.System)), "s1", new Dictionary<string, string>());
        var build = new ActiveBuild("r1", "s1", new BuildSurroundings(client, new BuildProgress(TimeProvider.System)), CancellationToken.None);
        table.Add(build);
        table.Retire(build);

        Assert.Same(build, await table.FindAsync("r1", TestContext.Current.CancellationToken));
        Assert.Equal(ErrorKind.Conflict, Assert.Throws<EngineException>(() => table.Add(build)).Kind);
    }

    [Fact]
    public void Worker_OfAPlatform_IsTakenApart()
    {
        var worker = WorkerView.Of(new BuilderDescription { Id = "w", Version = "1", Platforms = ["linux/arm64/v8", "linux/amd64"] });

        Assert.Equal(["linux arm64 v8", "linux amd64 "], worker.Platforms.Select(each => $"{each.OS} {each.Architecture} {each.Variant}"));
    }
}
