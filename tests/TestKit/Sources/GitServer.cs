using System.Net.Sockets;
using Boreal.Tests.TestKit.Machine;
using Boreal.Tests.TestKit.Processes;
using Boreal.Tests.TestKit.Waiting;

namespace Boreal.Tests.TestKit.Sources;

/// <summary>git's own server for all repositories in a folder.</summary>
public sealed class GitServer : IAsyncDisposable
{
    private readonly RunningCommand _running;

    private GitServer(RunningCommand running, int port)
    {
        _running = running;
        Address = $"git://127.0.0.1:{port}";
    }

    /// <summary>Without a slash at the end.</summary>
    public string Address { get; }

    public static async Task<GitServer> StartAsync(string folder)
    {
        var port = FreePort.Find();
        var git = Requirements.Program("git", "git");
        var server = new GitServer(Command.Of(git, "daemon", "--reuseaddr", "--export-all", "--listen=127.0.0.1", $"--port={port}", $"--base-path={folder}").Start(), port);
        await Eventually.HoldsAsync(() => IsOpenAsync(port), "git answers");
        return server;
    }

    /// <summary>Makes a repository, or adds to it, with a script that runs in its work tree; for servers of plain files too.</summary>
    public static async Task CommitAsync(string folder, string script)
    {
        Directory.CreateDirectory(folder);
        var line = $"set -e; [ -d .git ] || git init --quiet --initial-branch main .; {script}\ngit add --all; git commit --quiet --allow-empty -m change; git update-server-info";
        var identity = new[] { "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL" };
        var command = identity.Aggregate(Command.Shell(line).In(folder), (current, name) => current.WithVariable(name, "test"));
        await command.OutputAsync();
    }

    public ValueTask DisposeAsync() => _running.DisposeAsync();

    private static async Task<bool> IsOpenAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
