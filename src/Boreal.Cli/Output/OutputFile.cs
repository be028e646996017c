using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;
using Boreal.Notation;

namespace Boreal.Cli.Output;

/// <summary>Where a long download goes: standard output, or a file that appears under its name only when it is whole.</summary>
internal static class OutputFile
{
    private const int BufferSize = 256 * 1024;

    public static async Task SaveAsync(CliContext context, string path, Stream content, CancellationToken cancellationToken)
    {
        if (path.Length is 0)
        {
            await content.CopyToAsync(context.OutStream, BufferSize, cancellationToken);
            return;
        }

        if (Directory.Exists(path)) throw new CommandFailedException($"failed to save: {path} is a directory");
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new CommandFailedException($"invalid output path: directory {Escaped(folder)} does not exist");
        if (File.Exists(path) && (File.GetAttributes(path) & FileAttributes.Device) is not 0)
        {
            await using var device = File.OpenWrite(path);
            await content.CopyToAsync(device, BufferSize, cancellationToken);
            return;
        }

        await WriteWholeAsync(context, path, content, cancellationToken);
    }

    private static async Task WriteWholeAsync(CliContext context, string path, Stream content, CancellationToken cancellationToken)
    {
        var partial = $"{path}.{Environment.ProcessId}.partial";
        try
        {
            await using (var file = File.Create(partial, BufferSize))
            await using (var progress = new ByteProgress(context, "Receiving", null))
                await progress.CopyAsync(content, file, cancellationToken);
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static string Escaped(string text) => GoText.Quote(text);
}
