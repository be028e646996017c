using Boreal.Compose.Requests;

namespace Boreal.Tests.Unit.Compose.Requests;

public sealed class OneOffTests
{
    private const string File = """
        services:
          app:
            image: x
            command: [serve]
            restart: always
            ports: ["8080:80"]
            environment: {A: file, B: kept}
            volumes: ["data:/data"]
            cap_add: [NET_ADMIN]
            depends_on: [db]
            deploy: {replicas: 3}
          db: {image: y}
        volumes: {data: }
        """;

    [Fact]
    public void Make_WithoutOptions_IsOfNoSlotAndPublishesNothing()
    {
        var request = new OneOff(LoadedProject.Of(File), new OneOffOptions()).Make("app", "p-app-run-1", "slug");
        Assert.Equal(["serve"], request.Cmd);
        Assert.Equal("True", request.Labels?[ComposeLabels.OneOff]);
        Assert.Equal("slug", request.Labels?[ComposeLabels.Slug]);
        Assert.Equal("", request.Labels?[ComposeLabels.Dependencies]);
        Assert.Empty(request.HostConfig?.PortBindings ?? throw new InvalidOperationException("no bindings"));
        Assert.Equal("", request.HostConfig.RestartPolicy?.Name);
        Assert.Equal(["p-app-run-1"], request.NetworkingConfig?.EndpointsConfig?["p_default"]?.Aliases);
        Assert.True(request is { AttachStdin: true, OpenStdin: true, StdinOnce: true, Tty: false });
    }

    [Fact]
    public void Make_WithOptions_ChangesWhatTheServiceSays()
    {
        var options = new OneOffOptions
        {
            Command = ["sh", "-c", "echo a"], Entrypoint = "tini --", Environment = ["A=run", "HOME"], Labels = ["l=v"], Volumes = ["./src:/data:ro", "other:/more"],
            Ports = ["127.0.0.1:9000:90/udp"], DroppedCapabilities = ["NET_ADMIN"], User = "1", WorkingDirectory = "/w", KeepsPorts = true, KeepsAliases = true, RemovesItself = true, IsInteractive = false,
        };
        var request = new OneOff(LoadedProject.Of(File), options).Make("app", "n", "s");
        Assert.Equal(["sh", "-c", "echo a"], request.Cmd);
        Assert.Equal(["tini", "--"], request.Entrypoint);
        Assert.Equal(["A=run", "B=kept"], request.Env);
        Assert.Equal("v", request.Labels?["l"]);
        Assert.Equal(["/project/src:/data:ro"], request.HostConfig?.Binds);
        Assert.Equal("other", Assert.Single(request.HostConfig?.Mounts ?? []).Source);
        Assert.Equal(["80/tcp", "90/udp"], request.HostConfig?.PortBindings?.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(request.HostConfig?.CapAdd ?? []);
        Assert.Equal(["NET_ADMIN"], request.HostConfig?.CapDrop);
        Assert.True(request.HostConfig?.AutoRemove);
        Assert.Equal(["n", "app"], request.NetworkingConfig?.EndpointsConfig?["p_default"]?.Aliases);
        Assert.True(request is { AttachStdin: false, User: "1", WorkingDir: "/w" });
    }

    [Fact]
    public void Make_WithAnEntrypointOnly_DropsTheCommand() =>
        Assert.Null(new OneOff(LoadedProject.Of(File), new OneOffOptions { Entrypoint = "id" }).Make("app", "n", "s").Cmd);
}
