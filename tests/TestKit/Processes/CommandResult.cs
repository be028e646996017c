namespace Boreal.Tests.TestKit.Processes;

/// <summary>What a finished command left behind.</summary>
public sealed record CommandResult(int ExitCode, string Stdout, string Stderr, TimeSpan Duration)
{
    /// <summary>This result, or an exception that shows the command's output when it failed.</summary>
    public CommandResult Succeeded(string command) =>
        ExitCode == 0 ? this : throw new InvalidOperationException($"`{command}` exited with {ExitCode}\nstdout: {Stdout}\nstderr: {Stderr}");
}
