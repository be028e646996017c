using System.Text;
using Boreal.Cli.CommandLine;
using Boreal.Linux.Descriptors;
using Boreal.Linux.Processes;

namespace Boreal.Cli.Credentials;

/// <summary>
/// A credential helper: the program <c>docker-credential-NAME</c>, called with a verb, what it is about on standard input, the answer
/// on standard output. Never run by a shell.
/// </summary>
internal sealed class HelperProgram(string name)
{
    private const string Prefix = "docker-credential-";

    // What goes in is written before the program runs, so it has to fit a pipe.
    private const int LongestInput = 32 << 10;
    private const int LongestAnswer = 1 << 20;

    public static bool Exists(string name) => Locate(Prefix + name) is not null;

    /// <summary>Runs one verb; false with what the helper said when it failed.</summary>
    /// <exception cref="CommandFailedException">There is no such helper.</exception>
    public (bool Succeeded, string Answer) Run(string verb, string doing, string input)
    {
        var path = Locate(Prefix + name)
            ?? throw new CommandFailedException($"{doing} - err: exec: \"{Prefix}{name}\": executable file not found in $PATH, out: ``");
        var bytes = Encoding.UTF8.GetBytes(input);
        if (bytes.Length > LongestInput) throw new CommandFailedException($"{doing} - err: {bytes.Length} bytes are more than a helper takes, out: ``");
        using var toHelper = new Pipe();
        using var fromHelper = new Pipe();
        using var errors = FileDescriptor.Borrow(2);
        toHelper.WriteEnd.WriteAll(bytes);
        toHelper.WriteEnd.Dispose();
        var process = Spawn.Start(new SpawnRequest { Path = path, Arguments = [Prefix + name, verb], Inherit = [toHelper.ReadEnd, fromHelper.WriteEnd, errors] });
        fromHelper.WriteEnd.Dispose();
        var answer = ReadAll(fromHelper.ReadEnd);
        return (Children.Wait(process) is 0, answer);
    }

    private static string? Locate(string program)
    {
        if (program.Contains('/', StringComparison.Ordinal)) return null;
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            var path = Path.Combine(folder, program);
            if (File.Exists(path) && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) is not 0) return path;
        }

        return null;
    }

    private static string ReadAll(FileDescriptor source)
    {
        var text = new MemoryStream();
        var buffer = new byte[16 << 10];
        int count;
        while ((count = source.TryRead(buffer)) > 0 && text.Length <= LongestAnswer) text.Write(buffer, 0, count);
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length).Trim();
    }
}
