using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;

namespace Boreal.Cli.Output;

/// <summary>What a command uploads: a file by name, or standard input for <c>-</c>.</summary>
internal static class InputFile
{
    private const int BufferSize = 256 * 1024;

    public static Stream Open(CliContext context, string path)
    {
        if (path is "-") return context.InStream;
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.SequentialScan);
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CommandFailedException($"open {path}: no such file or directory");
        }
        catch (UnauthorizedAccessException)
        {
            throw new CommandFailedException(Directory.Exists(path) ? $"read {path}: is a directory" : $"open {path}: permission denied");
        }
    }
}
