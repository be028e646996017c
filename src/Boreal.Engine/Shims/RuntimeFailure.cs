using System.Text.Json;
using System.Text.RegularExpressions;
using Boreal.Engine.Errors;
using Boreal.Linux.Errors;
using Boreal.ShimWire.Messages;

namespace Boreal.Engine.Shims;

/// <summary>
/// What OCI runtimes print when they cannot start a process, in Docker's words. Its CLI and tools look for these: they make
/// 127 (no such program), 126 (cannot be run) or 125 of them.
/// </summary>
internal static partial class RuntimeFailure
{
    private const int NotFound = 127;
    private const int NotExecutable = 126;
    private const int Other = 128;
    private const string UnableToStart = "unable to start container process: ";

    internal static RuntimeStartException OfStart(int code, string text, LaunchMessage launch)
    {
        var command = FirstArgument(Path.Combine(launch.BundleDirectory, "config.json"), insideBundle: true);
        var reason = Reason(code, text, command, "runc create failed: " + UnableToStart, Path.GetFileName(launch.RuntimePath));
        return Classify("failed to create task for container: failed to create shim task: OCI runtime create failed: " + reason + ": unknown");
    }

    internal static RuntimeStartException OfExec(int code, string text, string processSpecPath)
    {
        if (code < 0 && text.Length > 0 && !text.Contains(':', StringComparison.Ordinal))
            return new RuntimeStartException(Other, ErrorKind.Conflict, text);
        var command = FirstArgument(processSpecPath, insideBundle: false);
        return Classify("OCI runtime exec failed: " + Reason(code, text, command, "exec failed: " + UnableToStart, "runtime") + ": unknown");
    }

    private static string Reason(int code, string text, string command, string prefix, string runtime)
    {
        var missing = MissingExecutable().Match(text);
        if (missing.Success)
        {
            var name = missing.Groups[1].Value;
            return prefix + (name.Contains('/', StringComparison.Ordinal)
                ? $"exec: \"{name}\": stat {name}: no such file or directory"
                : $"exec: \"{name}\": executable file not found in $PATH");
        }

        // crun names the executable only when it is missing; a directory is "not permitted" to it.
        if (text.Contains("open executable: Operation not permitted", StringComparison.Ordinal)) return $"{prefix}exec: \"{command}\": is a directory";
        if (text.Contains("open executable: Permission denied", StringComparison.Ordinal)) return $"{prefix}exec: \"{command}\": permission denied";
        var folder = MissingFolder().Match(text);
        if (folder.Success) return $"{prefix}chdir to cwd (\"{folder.Groups[1].Value}\") set in config.json failed: {folder.Groups[2].Value.ToLowerInvariant()}";
        if (text.Length == 0) text = $"ended with code {code} and no message";
        var ours = text.StartsWith("runc ", StringComparison.Ordinal) || text.StartsWith("exec failed", StringComparison.Ordinal);
        return ours ? text.Replace("runc run failed", "runc create failed", StringComparison.Ordinal) : $"{runtime}: {text}";
    }

    private static RuntimeStartException Classify(string message)
    {
        if (Contains(message, "executable file not found") || Contains(message, "no such file or directory"))
            return new(NotFound, ErrorKind.Invalid, message);
        if (Contains(message, "is a directory")) return new(NotExecutable, ErrorKind.Invalid, message + ": permission denied");
        if (Contains(message, "permission denied")) return new(NotExecutable, ErrorKind.Invalid, message);
        if (Contains(message, "not a directory"))
        {
            const string hint = ": Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type";
            return new(NotFound, ErrorKind.Invalid, message + hint);
        }

        return new(Other, ErrorKind.Internal, message);
    }

    private static bool Contains(string message, string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);

    private static string FirstArgument(string path, bool insideBundle)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var process = insideBundle ? document.RootElement.GetProperty("process") : document.RootElement;
            return process.GetProperty("args")[0].GetString() ?? "";
        }
        catch (Exception exception) when (exception is IOException or JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            // Only for the wording of another failure.
            return "";
        }
    }

    [GeneratedRegex("executable file `([^`]*)` not found in \\$PATH")]
    private static partial Regex MissingExecutable();

    [GeneratedRegex("chdir `([^`]*)`: (.*)")]
    private static partial Regex MissingFolder();
}
