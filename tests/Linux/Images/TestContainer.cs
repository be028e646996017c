using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Images;

namespace Boreal.Tests.Linux.Images;

/// <summary>A container's spec with nothing special about it.</summary>
internal static class TestContainer
{
    public static ContainerSpec Of(Image image, StorageSpec storage)
    {
        var id = ContainerId.Create();
        return new ContainerSpec
        {
            Id = id,
            Name = "c",
            Created = DateTimeOffset.UnixEpoch,
            ImageId = image.Id.ToString(),
            ImageName = "test",
            Process = new ProcessSpec { Environment = [], Hostname = id.Short },
            Resources = new ResourceSpec(),
            Security = new SecuritySpec(),
            Namespaces = new NamespaceSpec { Cgroup = "host" },
            Network = new NetworkSpec { Mode = "none" },
            Storage = storage,
            Log = new LogSpec("none", new Dictionary<string, string>()),
            Restart = new RestartSpec("no", 0),
            Runtime = "crun",
        };
    }
}
