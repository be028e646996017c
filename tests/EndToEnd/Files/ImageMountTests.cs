using Boreal.Tests.EndToEnd.Fixture;
using Boreal.Tests.TestKit.Engines;
using Boreal.Tests.TestKit.Machine;

namespace Boreal.Tests.EndToEnd.Files;

/// <summary><c>--mount type=image</c>, which the recorded Docker is too old for.</summary>
public sealed class ImageMountTests(EngineUnderTest engine)
{
    private DockerCli Docker => engine.Docker;

    [Fact]
    public async Task Image_Mounted_IsThereReadOnlyAndNothingElse()
    {
        Assert.SkipWhen(EngineUnderTest.IsReference, "newer than the recorded Docker");
        await Docker.OutputAsync("tag", "busybox", "mounted:one");
        await Docker.OutputAsync("run", "-d", "--name", "looks", "--mount", "type=image,src=mounted:one,dst=/all", "--mount", "type=image,src=mounted:one,dst=/part,image-subpath=bin", "busybox", "sleep", "1000");
        try
        {
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
    [InlineData("type=image,dst=/x", "invalid mount config for type \"image\": field Source must not be empty")]
    [InlineData("type=image,src=busybox,dst=/x,image-subpath=../up", "invalid mount config for type \"image\": subpath must be a relative path within the volume")]
    [InlineData("type=image,src=not:there,dst=/x", "No such image: not:there")]
    public async Task Image_ThatCannotBeMounted_IsToldAtCreation(string mount, string message)
    {
        Assert.SkipWhen(EngineUnderTest.IsReference, "newer than the recorded Docker");
        var refusal = await Docker.RunAsync("create", "--name", "never", "--mount", mount, "busybox");
        Assert.Contains(message, refusal.Stderr, StringComparison.Ordinal);
        Assert.Equal("", await Docker.OutputAsync("ps", "-aq", "--filter", "name=never"));
    }
}
