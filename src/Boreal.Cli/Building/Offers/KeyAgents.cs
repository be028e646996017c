using Boreal.Cli.CommandLine;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Processes;

namespace Boreal.Cli.Building.Offers;

/// <summary>
/// SSH agents for keys that were named as files, one each, for the time of a build. Keys are read by OpenSSH's own programs, which also ask
/// for passphrases. An agent ends with the pipe that its program reads from, so also when this process is killed.
/// </summary>
internal sealed class KeyAgents : IAsyncDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private readonly List<(Pipe Life, int Process, string Socket)> _agents = [];
    private string? _folder;

    /// <summary>Starts what the offer's keys need, and offers it.</summary>
    /// <exception cref="CommandFailedException">OpenSSH is not installed, or a key cannot be read.</exception>
    public static async Task<KeyAgents> StartAsync(BuildOffer offer, TimeProvider clock, CancellationToken cancellationToken)
    {
        var agents = new KeyAgents();
        try
        {
            foreach (var (id, keys) in offer.Keys) offer.Agents[id] = await agents.StartAsync(keys, clock, cancellationToken);
            return agents;
        }
        catch
        {
            await agents.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        foreach (var (life, process, socket) in _agents)
        {
            // It notices its program's end only some seconds later.
            if (File.Exists(socket)) Children.Wait(Add(["-q", "-D"], socket));
            life.Dispose();
            Children.Wait(process);
        }

        if (_folder is not null) Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<string> StartAsync(IReadOnlyList<string> keys, TimeProvider clock, CancellationToken cancellationToken)
    {
        _folder ??= Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"boreal-ssh-{Guid.NewGuid():n}"), OwnerOnly).FullName;
        var socket = Path.Combine(_folder, $"{_agents.Count}");
        var life = new Pipe();
        _agents.Add((life, Run("ssh-agent", ["-a", socket, "cat"], [], [life.ReadEnd]), socket));
        life.ReadEnd.Dispose();
        var began = clock.GetTimestamp();
        while (!File.Exists(socket))
        {
            if (clock.GetElapsedTime(began) > Patience) throw new CommandFailedException("ssh-agent did not start");
            await Task.Delay(Interval, clock, cancellationToken);
        }

        foreach (var key in keys)
        {
            if (Children.Wait(Add(["-q", key], socket)) is not 0)
                throw new CommandFailedException($"failed to parse {key}: ssh-add does not take it as a key");
        }

        return socket;
    }

    // It asks for a passphrase on the terminal by itself; what goes wrong is said where ours is.
    private static int Add(IReadOnlyList<string> arguments, string socket)
    {
        using var errors = FileDescriptor.TryOpen("/proc/self/fd/2", OpenFlags.WriteOnly, 0, out _);
        return Run("ssh-add", arguments, [$"SSH_AUTH_SOCK={socket}"], [null, errors, errors]);
    }

    private static int Run(string program, IReadOnlyList<string> arguments, IReadOnlyList<string> variables, IReadOnlyList<FileDescriptor?> streams)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
            ?? throw new CommandFailedException($"keys for SSH need the program {program}: install OpenSSH's client, or name an agent's socket");
        var environment = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().Select(pair => $"{pair.Key}={pair.Value}").Where(pair => !pair.StartsWith("SSH_AUTH_SOCK=", StringComparison.Ordinal));
        return Spawn.Start(new SpawnRequest { Path = path, Arguments = [program, .. arguments], Environment = [.. environment, .. variables], Inherit = streams });
    }
}
