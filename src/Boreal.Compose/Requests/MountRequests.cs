using Boreal.Api.Containers;
using Boreal.Compose.Projects;

namespace Boreal.Compose.Requests;

/// <summary>The volumes, secrets and configs of a service as binds and mounts. Binds make missing folders of the host, mounts don't.</summary>
internal sealed class MountRequests(Project project, Settings service)
{
    public IReadOnlyList<string>? Binds()
    {
        var binds = service.Parts("volumes").Where(IsBind).Select(Bind).ToList();
        return binds.Count > 0 ? binds : null;
    }

    public IReadOnlyList<Mount>? Mounts()
    {
        var volumes = service.Parts("volumes").ToList();
        var taken = volumes.Select(volume => volume.Text("target")).ToHashSet(StringComparer.Ordinal);
        var mounts = volumes.Where(volume => !IsBind(volume)).Select(Mount)
            .Concat(Files("secrets", "/run/secrets/").Concat(Files("configs", "/")).Where(mount => taken.Add(mount.Target ?? ""))).ToList();
        return mounts.Count > 0 ? mounts : null;
    }

    private static bool IsBind(Settings volume) => volume.Text("type") is "bind" && volume.Part("bind").Flag("create_host_path");

    private static string Bind(Settings volume)
    {
        var bind = volume.Part("bind");
        string?[] options = [volume.Flag("read_only") ? "ro" : "rw", bind.TextOrNull("selinux"), bind.TextOrNull("propagation")];
        return $"{volume.Text("source")}:{volume.Text("target")}:{string.Join(',', options.OfType<string>())}";
    }

    private Mount Mount(Settings volume)
    {
        var type = volume.Text("type");
        var (bind, named, memory, image) = (volume.Part("bind"), volume.Part("volume"), volume.Part("tmpfs"), volume.Part("image"));
        return new Mount
        {
            Type = type,
            Source = type is "volume" && volume.TextOrNull("source") is { } key ? project.Model.Mapping("volumes")?.Mapping(key)?.TextOf("name") ?? key : volume.TextOrNull("source"),
            Target = volume.Text("target"),
            ReadOnly = volume.Flag("read_only"),
            Consistency = volume.TextOrNull("consistency"),
            BindOptions = type is "bind" && bind.IsGiven ? BindOptions(bind) : null,
            VolumeOptions = type is "volume" && named.IsGiven ? new VolumeOptions { NoCopy = named.Flag("nocopy"), Subpath = named.TextOrNull("subpath"), Labels = named.Pairs("labels") } : null,
            TmpfsOptions = type is "tmpfs" && memory.IsGiven ? new TmpfsOptions { SizeBytes = memory.Size("size"), Mode = (uint)memory.Whole("mode") } : null,
            ImageOptions = type is "image" && image.IsGiven ? new ImageOptions { Subpath = image.TextOrNull("subpath") } : null,
        };
    }

    private static BindOptions BindOptions(Settings bind) => new()
    {
        Propagation = bind.TextOrNull("propagation"),
        NonRecursive = bind.Text("recursive") is "disabled",
        ReadOnlyNonRecursive = bind.Text("recursive") is "writable",
        ReadOnlyForceRecursive = bind.Text("recursive") is "readonly",
    };

    private IEnumerable<Mount> Files(string section, string folder)
    {
        foreach (var use in service.Parts(section))
        {
            var key = use.Text("source");
            var file = new Settings(project.Model.Mapping(section)?.Mapping(key));
            if (file.Flag("external") || file.TextOrNull("driver") is not null || file.TextOrNull("template_driver") is not null)
                throw use.Wrong("source", $"{section}.{key}: only files of this machine can be mounted: give it the key file");
            if (file.TextOrNull("file") is not { } path)
                throw use.Wrong("source", $"{section}.{key}: contents from the environment or the compose file can't be mounted yet: write them to a file and give it the key file");
            var target = use.TextOrNull("target") ?? key;
            yield return new Mount { Type = "bind", Source = path, Target = target.StartsWith('/') ? target : folder + target, ReadOnly = true };
        }
    }
}
