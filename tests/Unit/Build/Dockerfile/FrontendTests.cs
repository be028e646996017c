using Boreal.Build.Dockerfile;
using Boreal.Build.Dockerfile.Source;
using Boreal.Build.Dockerfile.Syntax;
using Boreal.Build.Graph;
using Boreal.Oci.Images;
using Pinned = Boreal.Oci.Content.Digest;

namespace Boreal.Tests.Unit.Build.Dockerfile;

public sealed class FrontendTests
{
    private static readonly FrontendOptions Options = new() { BuildPlatform = new BuildPlatform("linux", "amd64") };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Plan_OfOneTarget_AsksOnlyForItsImages()
    {
        var images = new Images();
        await PlanAsync("FROM one AS a\nFROM two AS b\nFROM three AS c\nCOPY --from=a /x /\nCOPY --from=four /y /\n", images);
        Assert.Equal(["docker.io/library/four:latest", "docker.io/library/one:latest", "docker.io/library/three:latest"], images.Asked.Order());
    }

    [Fact]
    public async Task Plan_WithADigest_PinsTheImage()
    {
        var build = await PlanAsync("FROM one:1\nRUN x\n", new Images { Digest = "sha256:" + new string('d', 64) });
        Assert.Equal($"docker.io/library/one:1@sha256:{new string('d', 64)}", Assert.IsType<ImageOperation>(build.Plan.Operations[0]).Reference);
    }

    [Fact]
    public async Task Plan_OfAnImageWithoutLayers_StartsFromNothing()
    {
        var build = await PlanAsync("FROM empty\nCOPY a /\n", new Images { Config = new ImageConfig { Os = "linux", Architecture = "amd64" } });
        Assert.Null(Assert.IsType<FileOperation>(build.Plan.Result).Base);
    }

    [Fact]
    public async Task Plan_WithAnInput_UsesTheOtherBuildsResult()
    {
        var other = await PlanAsync("FROM one\nRUN other\n", new Images());
        var options = Options with
        {
            NamedContexts = new Dictionary<string, string> { ["base"] = "input:0" },
            Inputs = new Dictionary<string, PlannedInput> { ["0"] = new(other.Plan.Result, other.Plan.Config) },
        };
        var build = await new DockerfileFrontend(new Images()).PlanAsync(new("Dockerfile", "FROM base\nRUN own\n"), options, Stop);
        Assert.Same(other.Plan.Result, Assert.IsType<RunOperation>(build.Plan.Result).Root);
    }

    [Fact]
    public async Task Plan_OfAWrongDirective_PointsAtItsLine()
    {
        var error = await Assert.ThrowsAsync<DockerfileException>(() => PlanAsync("# syntax=docker/dockerfile:1\n# escape=x\nFROM one\n", new Images()));
        Assert.Equal("invalid escape token 'x' does not match ` or \\", error.Message);
        Assert.Equal([LineRange.At(2)], error.Locations);
    }

    [Fact]
    public async Task Plan_WithANumberAsEpoch_IsForThatTime()
    {
        var options = Options with { BuildArguments = new Dictionary<string, string> { ["SOURCE_DATE_EPOCH"] = "86400" } };
        var build = await new DockerfileFrontend(new Images()).PlanAsync(new("Dockerfile", "FROM one\n"), options, Stop);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddDays(1), build.Plan.Epoch);
    }

    [Fact]
    public async Task Plan_WithAWordAsEpoch_IsRefused()
    {
        var options = Options with { BuildArguments = new Dictionary<string, string> { ["SOURCE_DATE_EPOCH"] = "yesterday" } };
        var error = await Assert.ThrowsAsync<DockerfileException>(() => new DockerfileFrontend(new Images()).PlanAsync(new("Dockerfile", "FROM one\n"), options, Stop));
        Assert.Equal("invalid SOURCE_DATE_EPOCH: yesterday: strconv.ParseInt: parsing \"yesterday\": invalid syntax", error.Message);
    }

    [Fact]
    public async Task Check_OfABrokenFile_KeepsTheWarningsInFrontOfTheError()
    {
        var report = await new DockerfileFrontend(new Images()).CheckAsync(new("app.Dockerfile", "FROM one AS Upper\nRUNN x\n"), Options, Stop);
        Assert.Equal("StageNameCasing", Assert.Single(report.Warnings).Rule.Name);
        Assert.Equal("dockerfile parse error on line 2: unknown instruction: RUNN (did you mean RUN?)", report.Error?.Message);
        Assert.Contains("app.Dockerfile:1\n", report.Render());
    }

    [Fact]
    public void Targets_OfAFile_AreItsStages()
    {
        var targets = DockerfileFrontend.Targets(new("Dockerfile", "ARG x\n# build makes it\nFROM --platform=$BUILDPLATFORM one:$x AS build\nFROM build\n"));
        Assert.Equal(["build|build makes it|False", "||True"], targets.Select(target => $"{target.Name}|{(target.Name.Length > 0 ? "build " : "")}{target.Description}|{target.IsDefault}"));
        Assert.Equal(("one:$x", "$BUILDPLATFORM", LineRange.At(3)), (targets[0].Base, targets[0].Platform, targets[0].Lines));
    }

    [Theory]
    [InlineData("# syntax=docker/dockerfile:1\nFROM x", "docker/dockerfile:1")]
    [InlineData("#!/usr/bin/env frontend\n# Syntax = a/b:c args\nFROM x", "a/b:c")]
    [InlineData("// syntax=a/b\n{}", "a/b")]
    [InlineData("{\"syntax\": \"a/b\"}", "a/b")]
    [InlineData("# escape=`\n# syntax=a/b\n", "a/b")]
    [InlineData("FROM x\n# syntax=a/b", null)]
    [InlineData("# comment\n# syntax=a/b", null)]
    public void FindSyntax_OfAFile_IsWhatItsFirstLinesSay(string text, string? expected) => Assert.Equal(expected, Directives.FindSyntax(text)?.FirstWord);

    [Theory]
    [InlineData("docker/dockerfile:1")]
    [InlineData("docker/dockerfile:1.7-labs")]
    [InlineData("docker.io/docker/dockerfile:1.20.0")]
    [InlineData("docker/dockerfile-upstream:master")]
    public async Task Plan_ForAVersionOfDockersFrontend_IsOurs(string syntax) =>
        Assert.Single((await PlanAsync($"# syntax={syntax}\nFROM one\n", new Images())).Plan.Operations);

    [Fact]
    public async Task Plan_ForAnotherFrontend_IsRefusedWithAdvice()
    {
        var error = await Assert.ThrowsAsync<DockerfileException>(() => PlanAsync("# syntax=example.com/other:1\nFROM one\n", new Images()));
        Assert.Contains("\"example.com/other:1\" is not supported", error.Message);
        Assert.Equal([LineRange.At(1)], error.Locations);
    }

    private static Task<DockerfileBuild> PlanAsync(string text, Images images) =>
        new DockerfileFrontend(images).PlanAsync(new DockerfileText("Dockerfile", text), Options, Stop);

    private sealed class Images : IPlanSources
    {
        public List<string> Asked { get; } = [];

        public string? Digest { get; init; }

        public ImageConfig Config { get; init; } = new() { Os = "linux", Architecture = "amd64", History = [new HistoryEntry { CreatedBy = "base" }] };

        public Task<ResolvedImage> ResolveImageAsync(ImageRequest request, CancellationToken cancellationToken)
        {
            Asked.Add(request.Reference);
            return Task.FromResult(new ResolvedImage(request.Reference, Digest is null ? null : Pinned.TryParse(Digest, out var digest) ? digest : null, Config));
        }

        public Task<string?> ReadIgnoreFileAsync(string localName, CancellationToken cancellationToken) => Task.FromResult<string?>(null);
    }
}
