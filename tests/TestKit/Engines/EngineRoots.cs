namespace Boreal.Tests.TestKit.Engines;

/// <summary>Where one private boreald keeps everything: no two engines of the tests share a name.</summary>
public sealed class EngineRoots
{
    private static int _engines;

    public EngineRoots()
    {
        var number = Interlocked.Increment(ref _engines);
        Name = $"be{Environment.ProcessId % 100_000}x{number}";
        Directory = System.IO.Directory.CreateTempSubdirectory("be").FullName;
        // Away from the default bridge of any engine on the machine; one /24 for each engine of this run.
        Bip = $"10.{200 + (Environment.ProcessId % 50)}.{number % 250}.1/24";
    }

    public string Name { get; }

    public string Directory { get; }

    public string Bip { get; }

    public string Data => Path.Combine(Directory, "data");

    public string Exec => Path.Combine(Directory, "exec");

    public string Socket => Path.Combine(Directory, "b.sock");

    public string PidFile => Path.Combine(Directory, "b.pid");

    public string CgroupParent => "/" + Name;

    public IReadOnlyList<string> Arguments =>
    [
        "--data-root", Data, "--exec-root", Exec, "-H", "unix://" + Socket, "--pidfile", PidFile,
        "--bridge", Name, "--bip", Bip, "--cgroup-parent", CgroupParent,
    ];
}
