using System.Text;
using Boreal.Build.Builds;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Processes;

namespace Boreal.Build.Sources;

/// <summary>
/// Runs the machine's git so that nothing but its arguments counts: no settings of the machine, no prompts, no hooks, only the
/// transports that reach other machines.
/// </summary>
internal static class GitProgram
{
    private const int MostOutput = 16 << 20;
    private const string Transports = "http:https:ssh:git";

    private static readonly string[] Places = ["/usr/bin/git", "/usr/local/bin/git", "/bin/git"];
    private static readonly string[] Settings = ["core.hooksPath=/dev/null", "core.fsmonitor=false", "credential.helper=", "advice.detachedHead=false", "gc.auto=0", "core.logAllRefUpdates=false", "maintenance.auto=false"];
    private static readonly string[] Inherited =
        ["http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "GIT_SSL_CAINFO"];

    /// <exception cref="BuildException">There is no git here.</exception>
    public static Task<GitOutcome> RunAsync(GitRun run, CancellationToken cancellationToken) =>
        // The pipes are read by blocking calls: not on a thread others wait for.
        Task.Factory.StartNew(() => Run(run, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static GitOutcome Run(GitRun run, CancellationToken cancellationToken)
    {
        var path = Places.FirstOrDefault(File.Exists)
            ?? throw new BuildException("git: executable file not found in $PATH: install git where Boreal runs to build from repositories");
        using var output = new Pipe();
        using var complaint = new Pipe();
        var pid = Spawn.Start(new SpawnRequest
        {
            Path = path,
            Arguments = ["git", .. Settings.SelectMany(setting => new[] { "-c", setting }), .. run.Arguments],
            Environment = EnvironmentOf(run),
            WorkingDirectory = run.Folder,
            Inherit = [null, output.WriteEnd, complaint.WriteEnd],
            NewSession = true,
        });
        output.WriteEnd.Dispose();
        complaint.WriteEnd.Dispose();
        // It has helpers of its own, which must not outlive it.
        var (printed, complained) = ("", "");
        using (cancellationToken.Register(() => Signals.TrySend(-pid, Signals.Kill)))
        {
            var complaints = Task.Factory.StartNew(() => ReadAll(complaint.ReadEnd, run.Log), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            printed = ReadAll(output.ReadEnd, null);
            complained = complaints.GetAwaiter().GetResult();
        }

        var code = Children.Wait(pid);
        cancellationToken.ThrowIfCancellationRequested();
        return new GitOutcome(code, printed, complained);
    }

    private static List<string> EnvironmentOf(GitRun run)
    {
        var variables = new List<string>
        {
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/nonexistent", "LC_ALL=C",
            "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null", "GIT_TERMINAL_PROMPT=0",
            $"GIT_ALLOW_PROTOCOL={(run.ReadsLocalFolder ? "file" : Transports)}",
        };
        foreach (var name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                variables.Add($"{name}={value}");
        }

        variables.AddRange(run.Environment);
        return variables;
    }

    private static string ReadAll(FileDescriptor source, Action<ReadOnlySpan<byte>>? log)
    {
        var text = new MemoryStream();
        var buffer = new byte[16 << 10];
        int count;
        while ((count = source.TryRead(buffer)) > 0)
        {
            log?.Invoke(buffer.AsSpan(0, count));
            if (text.Length < MostOutput)
                text.Write(buffer, 0, count);
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}
