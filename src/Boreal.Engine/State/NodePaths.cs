using Boreal.Engine.Containers;

namespace Boreal.Engine.State;

/// <summary>
/// Where things lie. The data root survives a reboot; the exec root is a tmpfs that does not. Nothing outside the two
/// belongs to this daemon, so several run side by side.
/// </summary>
public sealed record NodePaths(string DataRoot, string ExecRoot)
{
    public string Database => Path.Combine(DataRoot, "boreal.db");

    /// <summary>A folder per container.</summary>
    public string Containers => Path.Combine(DataRoot, "containers");

    /// <summary>Log, exit record and the files mounted over /etc of one container.</summary>
    public string Container(ContainerId id) => Path.Combine(Containers, id.Value);

    public string Log(ContainerId id) => Path.Combine(Container(id), $"{id.Value}-json.log");

    /// <summary>Written by the shim, once per run.</summary>
    public string ExitRecord(ContainerId id) => Path.Combine(Container(id), "exit");

    /// <summary>One folder per volume.</summary>
    public string Volumes => Path.Combine(DataRoot, "volumes");

    /// <summary>One folder per container that has a shim.</summary>
    public string Runs => Path.Combine(ExecRoot, "containers");

    /// <summary>Bundle, shim socket and pid files of the current run.</summary>
    public string Run(ContainerId id) => Path.Combine(Runs, id.Value);

    /// <summary>The OCI runtime's own state (its <c>--root</c>).</summary>
    public string RuntimeRoot => Path.Combine(ExecRoot, "crun");
}
