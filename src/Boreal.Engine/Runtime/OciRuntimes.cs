using Boreal.Engine.Errors;

namespace Boreal.Engine.Runtime;

/// <summary>The configured OCI runtimes by name, and the default one.</summary>
public sealed class OciRuntimes
{
    private readonly Dictionary<string, OciRuntime> _runtimes;

    /// <param name="configured">Name to path of the daemon's configuration; crun and runc are known without.</param>
    /// <param name="defaultName">Name of the default; empty is crun, or runc where only that is installed.</param>
    public OciRuntimes(IReadOnlyDictionary<string, string>? configured = null, string defaultName = "")
    {
        _runtimes = new Dictionary<string, OciRuntime>(StringComparer.Ordinal);
        foreach (var name in (string[])["crun", "runc"]) _runtimes[name] = Locate(name, name);
        foreach (var (name, path) in configured ?? new Dictionary<string, string>()) _runtimes[name] = Locate(name, path);
        DefaultName = defaultName.Length > 0 ? defaultName : _runtimes["crun"].IsInstalled || !_runtimes["runc"].IsInstalled ? "crun" : "runc";
    }

    public string DefaultName { get; }

    public IReadOnlyCollection<OciRuntime> All => _runtimes.Values;

    /// <summary>Empty is the default. <c>io.containerd.runc.v2</c>, which clients know from Docker, is the default too.</summary>
    public OciRuntime Find(string name)
    {
        var key = name is "" or "io.containerd.runc.v2" ? DefaultName : name;
        return _runtimes.TryGetValue(key, out var runtime) ? runtime : throw new EngineException(ErrorKind.Invalid, $"unknown or invalid runtime name: {name}");
    }

    private static OciRuntime Locate(string name, string command)
    {
        var path = command.Contains('/') ? command : InPath(command);
        return new OciRuntime { Name = name, Path = path ?? command, IsInstalled = path is not null && File.Exists(path) };
    }

    private static string? InPath(string command)
    {
        var directories = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        return directories.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(directory => System.IO.Path.Combine(directory, command)).FirstOrDefault(File.Exists);
    }
}
