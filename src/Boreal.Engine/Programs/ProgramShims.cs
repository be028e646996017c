using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Logs;
using Boreal.Engine.Runtime;
using Boreal.Engine.Shims;
using Boreal.Engine.State;

namespace Boreal.Engine.Programs;

/// <summary>Starts shims for programs: by the default runtime, without a log.</summary>
public sealed class ProgramShims(ShimLauncher launcher, OciRuntimes runtimes, Cgroups cgroups, NodePaths paths)
{
    /// <summary>The runtime loads compiled system call filters.</summary>
    public bool TakeSeccompPrograms => runtimes.Find("").IsCrun;

    /// <summary>A shim whose files are all in one folder.</summary>
    public Task<Shim> SpawnAsync(ContainerSpec spec, string folder, CancellationToken cancellationToken)
    {
        var runtime = runtimes.Find("");
        return launcher.SpawnAsync(
            new ShimLaunch
            {
                Id = spec.Id,
                StateDirectory = folder,
                BundleDirectory = folder,
                ExitRecordPath = Path.Combine(folder, "exit"),
                Runtime = new RuntimeCommand(runtime.Path, paths.RuntimeRoot, runtime.Arguments) { IsCrun = runtime.IsCrun },
                CgroupPath = cgroups.PathOf(spec.Id, spec.Resources),
                Tty = false,
                OpenStdin = false,
                StdinOnce = false,
                Log = LogTarget.For(spec, ""),
            },
            cancellationToken);
    }
}
