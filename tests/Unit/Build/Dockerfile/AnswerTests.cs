using System.Text.Json.Nodes;
using Boreal.Build.Dockerfile;
using Boreal.Build.Dockerfile.Answers;
using Boreal.Build.Graph;

namespace Boreal.Tests.Unit.Build.Dockerfile;

/// <summary>The expected texts are BuildKit's answers to the same files.</summary>
public sealed class AnswerTests
{
    private static readonly FrontendOptions Options = new() { BuildPlatform = new BuildPlatform("linux", "amd64") };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_OfAnOutline_IsAsBuildKitsClientsExpect()
    {
        var file = new DockerfileText(
            "Dockerfile", "# version of it\nARG version=1\n# build builds\nFROM busybox AS build\nARG version\nRUN --mount=type=secret,id=s,required --mount=type=ssh true\n");
        var answer = AnswerWriter.Write(await Frontend().OutlineAsync(file, Options, Stop), file).Metadata;
        Assert.Equal(
            "TARGET:      build\nDESCRIPTION: builds\n\nBUILD ARG   VALUE   DESCRIPTION\nversion     1       of it\n\nSECRET   REQUIRED\ns        true\n\nSSH       REQUIRED\ndefault   \n\n",
            answer["result.txt"]);
        AssertJson(
            """
            {"name":"build","description":"builds",
            "args":[{"name":"version","description":"of it","value":"1","location":{"ranges":[{"start":{"line":2},"end":{"line":2}}]}}],
            "secrets":[{"name":"s","required":true,"location":{"ranges":[{"start":{"line":6},"end":{"line":6}}]}}],
            "ssh":[{"name":"default","location":{"ranges":[{"start":{"line":6},"end":{"line":6}}]}}],
            "sources":["IyB2ZXJzaW9uIG9mIGl0CkFSRyB2ZXJzaW9uPTEKIyBidWlsZCBidWlsZHMKRlJPTSBidXN5Ym94IEFTIGJ1aWxkCkFSRyB2ZXJzaW9uClJVTiAtLW1vdW50PXR5cGU9c2VjcmV0LGlkPXMscmVxdWlyZWQgLS1tb3VudD10eXBlPXNzaCB0cnVlCg=="]}
            """,
            answer["result.json"]);
    }

    [Fact]
    public void Write_OfTargets_IsAsBuildKitsClientsExpect()
    {
        var file = new DockerfileText("Dockerfile", "# build builds\nFROM --platform=linux/amd64 busybox AS build\nFROM x\n");
        var answer = AnswerWriter.Write(DockerfileFrontend.Targets(file), file).Metadata;
        Assert.Equal("TARGET    DESCRIPTION\nbuild     builds\n(default) \n", answer["result.txt"]);
        AssertJson(
            """
            {"targets":[
            {"name":"build","description":"builds","base":"busybox","platform":"linux/amd64","location":{"ranges":[{"start":{"line":2},"end":{"line":2}}]}},
            {"default":true,"base":"x","location":{"ranges":[{"start":{"line":3},"end":{"line":3}}]}}],
            "sources":["IyBidWlsZCBidWlsZHMKRlJPTSAtLXBsYXRmb3JtPWxpbnV4L2FtZDY0IGJ1c3lib3ggQVMgYnVpbGQKRlJPTSB4Cg=="]}
            """,
            answer["result.json"]);
    }

    [Fact]
    public async Task Write_OfWarningsAndAnError_IsAsBuildKitsClientsExpect()
    {
        var file = new DockerfileText("Dockerfile", "FROM busybox AS Build\nRUNN x\n");
        var answer = AnswerWriter.Write(await Frontend().CheckAsync(file, Options, Stop)).Metadata;
        Assert.Equal("1", answer["result.statuscode"]);
        AssertJson(
            """
            {"warnings":[{"ruleName":"StageNameCasing","description":"Stage names should be lowercase","url":"https://docs.docker.com/go/dockerfile/rule/stage-name-casing/",
            "detail":"Stage name 'Build' should be lowercase","location":{"ranges":[{"start":{"line":1},"end":{"line":1}}]}}],
            "sources":[{"filename":"Dockerfile","data":"RlJPTSBidXN5Ym94IEFTIEJ1aWxkClJVTk4geAo=","language":"Dockerfile"}],
            "buildError":{"message":"dockerfile parse error on line 2: unknown instruction: RUNN (did you mean RUN?)","location":{"ranges":[{"start":{"line":2},"end":{"line":2}}]}}}
            """,
            answer["result.json"]);
    }

    [Fact]
    public async Task Write_OfACleanFile_HasStatusZeroAndNoWarnings()
    {
        var answer = AnswerWriter.Write(await Frontend().CheckAsync(new("Dockerfile", "FROM busybox\n"), Options, Stop)).Metadata;
        Assert.Equal(("0", ""), (answer["result.statuscode"], answer["result.txt"]));
        Assert.Null(JsonNode.Parse(answer["result.json"])?["warnings"]);
    }

    [Fact]
    public void Describe_OfTheFrontend_NamesItsRequests() => Assert.Equal(
        "NAME                 VERSION DESCRIPTION\n" +
        "outline              1.0.0   List all parameters current build target supports\n" +
        "targets              1.0.0   List all targets current build supports\n" +
        "subrequests.describe 1.0.0   List available subrequest types\n",
        AnswerWriter.Describe().Metadata["result.txt"]);

    private static DockerfileFrontend Frontend() => new(new GoldenSources(new Dictionary<string, string>()));

    private static void AssertJson(string expected, string actual) =>
        Assert.Equal(JsonNode.Parse(expected)?.ToJsonString(), JsonNode.Parse(actual)?.ToJsonString());
}
