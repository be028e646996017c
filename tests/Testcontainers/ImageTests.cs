using Boreal.Tests.Testcontainers.Fixture;
using Boreal.Tests.TestKit.Machine;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Images;

namespace Boreal.Tests.Testcontainers;

/// <summary>Testcontainers' own builds of images.</summary>
public sealed class ImageTests(ServicesEngine engine) : IDisposable
{
    private const string Dockerfile = """
        ARG BASE
        FROM ${BASE} AS first
        ARG WORD=unset
        COPY . /all/
        RUN echo $WORD > /word
        FROM first
        RUN exit 9
        """;

    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Image_OfADockerfile_RunsAsAContainer()
    {
        await WriteAsync(Dockerfile);
        await using var image = Image().WithTarget("first").WithBuildArgument("BASE", ServiceImages.Redis).WithBuildArgument("WORD", "given").Build();
        await image.CreateAsync(Cancelled);

        await using var container = new ContainerBuilder(image).WithDockerEndpoint(engine.Host).WithEntrypoint("sleep", "1000").Build();
        await container.StartAsync(Cancelled);
        var found = await container.ExecAsync(["sh", "-c", "cat /word /all/sub/file; ls -A /all"], Cancelled);

        Assert.Equal("given\ncontent\n.dockerignore\nDockerfile\nsub\n", found.Stdout);
    }

    [Fact]
    public async Task Image_OfADockerfileThatFails_ThrowsWithTheReason()
    {
        await WriteAsync(Dockerfile);
        await using var image = Image().WithBuildArgument("BASE", ServiceImages.Redis).Build();

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => image.CreateAsync(Cancelled));

        Assert.Contains("returned a non-zero code: 9", failure.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private ImageFromDockerfileBuilder Image() => new ImageFromDockerfileBuilder()
        .WithDockerEndpoint(engine.Host).WithDockerfileDirectory(_folder.Path).WithDockerfile("Dockerfile").WithCleanUp(true);

    private async Task WriteAsync(string dockerfile)
    {
        Directory.CreateDirectory(_folder.File("sub"));
        foreach (var (name, text) in ((string, string)[])[("Dockerfile", dockerfile), (".dockerignore", "dropped\n"), ("sub/file", "content\n"), ("dropped", "")])
            await File.WriteAllTextAsync(_folder.File(name), text, Cancelled);
    }
}
