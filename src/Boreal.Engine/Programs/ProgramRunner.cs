using Boreal.Engine.Containers;
using Boreal.Engine.Containers.Spec;
using Boreal.Engine.Errors;
using Boreal.Engine.Logs;
using Boreal.Engine.Networks;
using Boreal.Engine.Runtime;
using Boreal.Engine.Shims;
using Boreal.Engine.State;
using Boreal.Engine.Trees;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Files;
using Boreal.Linux.Processes;
using Microsoft.Extensions.Logging;

namespace Boreal.Engine.Programs;

/// <summary>
/// Runs programs as containers run that no record names: nobody lists them, and those that outlive this process are ended and cleaned
/// up at its next start as the strays they are.
/// </summary>
public sealed partial class ProgramRunner(
    ProgramShims shims, NetworkSandboxes networks, BundleWriter bundles, Cgroups cgroups, NodePaths paths, TimeProvider time, ILogger<ProgramRunner> logger)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const long UsualSharedMemory = 64 << 20;

    /// <summary>
    /// (1) shim and network, (2) files about names and the bundle, (3) the program, whose output ends before (4) its exit is known.
    /// When this returns or throws, nothing of it is left; cancelled, it is killed.
    /// </summary>
    /// <exception cref="RuntimeStartException">It could not be started.</exception>
    /// <exception cref="EngineException">What it asks for does not exist.</exception>
    public async Task<ProgramEnd> RunAsync(ProgramSpec program, ProgramOutput output, CancellationToken cancellationToken)
    {
        var id = ContainerId.Create();
        var folder = paths.Run(id);
        var spec = Describe(program, id, folder);
        Directory.CreateDirectory(folder, OwnerOnly);
        await using var undo = new Rollback(exception => Log.NotCleaned(logger, spec.Id.Short, exception));
        undo.Push(() => RemoveAsync(spec, folder));
        for (var i = 0; i < program.Files.Count; i++)
            Write(program.Files[i], PlaceOf(folder, i));

        var shim = await shims.SpawnAsync(spec, folder, cancellationToken);                                     // (1)
        undo.Push(() => EndAsync(shim));
        var network = await networks.AttachAsync(SandboxRequest.Of(spec), cancellationToken);
        undo.Push(() => networks.DetachAsync(network, CancellationToken.None));

        bundles.Write(spec, new BundleInputs                                                                    // (2)
        {
            BundleDirectory = folder,
            RootfsPath = program.RootPath,
            ContainerDirectory = WriteFiles(spec, network, folder),
            NetworkNamespacePath = network.SandboxPath,
            TakesSeccompPrograms = shims.TakeSeccompPrograms,
        });

        await using var streams = await shim.AttachAsync(new ShimAttach(Stdin: false, Stdout: true, Stderr: true), cancellationToken);
        await shim.StartAsync(CancellationToken.None);                                                          // (3)
        await StdioFrames.ReadAsync(streams, output, cancellationToken);
        var end = await shim.Exited.WaitAsync(cancellationToken);                                               // (4)
        return new ProgramEnd(end.Code, end.OomKilled);
    }

    private ContainerSpec Describe(ProgramSpec program, ContainerId id, string folder) => new()
    {
        Id = id,
        Name = id.Short,
        Created = time.GetUtcNow(),
        ImageId = "",
        ImageName = "",
        Process = new ProcessSpec
        {
            Command = program.Arguments,
            // What the engine tells containers by itself is not told here.
            Environment = ["HOSTNAME", .. program.Environment],
            WorkingDirectory = program.WorkingDirectory,
            User = program.User,
            Hostname = program.HostName,
            Init = false,
        },
        Resources = program.Resources,
        Security = new SecuritySpec { Privileged = program.IsPrivileged },
        Namespaces = new NamespaceSpec(),
        Network = new NetworkSpec { Mode = program.Network, ExtraHosts = program.ExtraHosts.Count == 0 ? null : program.ExtraHosts },
        Storage = new StorageSpec { MountPoints = [.. program.Mounts, .. program.Files.Select((file, i) => MountOf(file, PlaceOf(folder, i)))], ShmSize = program.SharedMemory > 0 ? program.SharedMemory : UsualSharedMemory },
        Log = new LogSpec(LogOptions.None, new Dictionary<string, string>()),
        Restart = new RestartSpec("no", 0),
        Runtime = "",
    };

    // The run's folder is on a file system in memory.
    private static string PlaceOf(string folder, int file) => Path.Combine(folder, $"file{file}");

    private static MountPoint MountOf(ProgramFile file, string place) => new()
    {
        Type = "bind",
        Source = place,
        Destination = file.Target,
        Writable = false,
        Propagation = "rprivate",
    };

    private static void Write(ProgramFile content, string place)
    {
        using var file = FileDescriptor.Open(place, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive, 0x180);
        file.WriteAll(content.Content.Span);
        AttributesAt.SetOwner(file, content.Uid, content.Gid);
        AttributesAt.SetMode(file, content.Mode);
    }

    // A build's programs see no /etc/hostname but the tree's own, and nothing in the other files that changes from run to run.
    private static string WriteFiles(ContainerSpec spec, NetworkStatus network, string folder)
    {
        var files = Directory.CreateDirectory(Path.Combine(folder, "files"), OwnerOnly).FullName;
        NetworkFiles.Write(files, spec.Process, spec.Network, network, []);
        File.Delete(Path.Combine(files, "hostname"));
        File.WriteAllText(Path.Combine(files, "hosts"), HostsFile.BuildWithoutAddress(spec.Process.Hostname, spec.Network, network.HostGateway));
        var resolver = Path.Combine(files, "resolv.conf");
        File.WriteAllLines(resolver, [.. File.ReadLines(resolver).Where(line => !line.StartsWith('#'))]);
        return files;
    }

    private static async Task EndAsync(Shim shim)
    {
        await using (shim)
        {
            if (shim.Running is not null && !shim.Exited.IsCompleted)
            {
                try
                {
                    await shim.SignalAsync(Signals.Kill, CancellationToken.None);
                }
                catch (EngineException exception) when (exception.Kind is ErrorKind.Conflict or ErrorKind.Unavailable)
                {
                    // It ended by itself just now.
                }

                await shim.Exited;
            }

            await shim.ReleaseAsync(CancellationToken.None);
        }
    }

    private async Task RemoveAsync(ContainerSpec spec, string folder)
    {
        TreeRemover.Remove(folder);
        await cgroups.Of(spec.Id, spec.Resources).RemoveAsync(CancellationToken.None);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1701, Level = LogLevel.Warning, Message = "something of program {Program} is left; the next start of the daemon removes it")]
        public static partial void NotCleaned(ILogger logger, string program, Exception exception);
    }
}
