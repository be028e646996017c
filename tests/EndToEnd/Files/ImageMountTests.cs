using System.Text.Json;
using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.EndToEnd.Files;

/// <summary>Mounts of type image, which the recorded Docker and its client are too old for.</summary>
public sealed class ImageMountTests(EngineUnderTest engine)
{
    private DockerCli Docker => engine.Docker;

    [Fact]
    public async Task Image_Mounted_IsThereReadOnlyAndNothingElse()
    {
        Assert.SkipWhen(EngineUnderTest.IsReference, "newer than the recorded Docker");
        await Docker.OutputAsync("tag", "busybox", "mounted:one");
        var (status, _) = await CreateAsync(
            "looks",
            """{ "Type": "image", "Source": "mounted:one", "Target": "/all" }""",
            """{ "Type": "image", "Source": "mounted:one", "Target": "/part", "ImageOptions": { "Subpath": "bin" } }""");
        try
        {
            Assert.Equal(201, status);
            await Docker.OutputAsync("start", "looks");
            Assert.Equal("busybox", await Docker.OutputAsync("exec", "looks", "sh", "-c", "cd /part && ls busybox"));
            Assert.Equal("", await Docker.OutputAsync("exec", "looks", "sh", "-c", "ls -A /all | grep dockerenv || true"));
            var refusal = await Docker.RunAsync("exec", "looks", "touch", "/all/x");
            Assert.Contains("Read-only file system", refusal.Stderr, StringComparison.Ordinal);
            Assert.Equal("image mounted:one /all false", await Docker.InspectAsync("looks", "{{with index .Mounts 0}}{{.Type}} {{.Name}} {{.Destination}} {{.RW}}{{end}}"));

            // The layers stay as long as somebody looks at them.
            await Docker.OutputAsync("rmi", "mounted:one");
            await Docker.OutputAsync("restart", "-t", "0", "looks");
            Assert.Equal("busybox", await Docker.OutputAsync("exec", "looks", "sh", "-c", "cd /all/bin && ls busybox"));
            using var directory = new TemporaryDirectory();
            await Docker.OutputAsync("cp", "looks:/part/busybox", directory.File("copy"));
            Assert.True(new FileInfo(directory.File("copy")).Length > 0);
            Assert.Contains("read-only", (await Docker.RunAsync("cp", directory.File("copy"), "looks:/all/x")).Stderr, StringComparison.Ordinal);
        }
        finally
        {
            await Docker.RemoveAsync("looks");
        }
    }

    [Theory]
    [InlineData("""{ "Type": "image", "Target": "/x" }""", 400, "invalid mount config for type \"image\": field Source must not be empty")]
    [InlineData("""{ "Type": "image", "Source": "busybox", "Target": "/x", "ImageOptions": { "Subpath": "../up" } }""", 400, "invalid mount config for type \"image\": subpath must be a relative path within the volume")]
    [InlineData("""{ "Type": "image", "Source": "not:there", "Target": "/x" }""", 400, "No such image: not:there")]
    public async Task Image_ThatCannotBeMounted_IsToldAtCreation(string mount, int expected, string message)
    {
        Assert.SkipWhen(EngineUnderTest.IsReference, "newer than the recorded Docker");
        var (status, answer) = await CreateAsync("never", mount);
        Assert.Equal(expected, status);
        Assert.Contains(message, answer.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("", await Docker.OutputAsync("ps", "-aq", "--filter", "name=never"));
    }

    private async Task<(int Status, JsonElement Answer)> CreateAsync(string name, params string[] mounts)
    {
        using var api = new EngineApi(Docker);
        return await api.SendAsync("POST", $"/v1.48/containers/create?name={name}",
            $$"""{ "Image": "busybox", "Cmd": ["sleep", "1000"], "HostConfig": { "Mounts": [{{string.Join(',', mounts)}}] } }""");
    }
}
