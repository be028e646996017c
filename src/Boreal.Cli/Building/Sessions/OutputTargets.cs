using System.Globalization;
using Boreal.BuildWire.Protocol.Files;
using Boreal.BuildWire.Rpc;
using Boreal.Cli.Building.Orders;
using Boreal.Cli.CommandLine;
using Boreal.Cli.Session;
using Grpc.Core;

namespace Boreal.Cli.Building.Sessions;

/// <summary>Where the results come in that the daemon sends: folders and files of this machine, or standard output.</summary>
internal sealed class OutputTargets(CliContext context, IReadOnlyList<ExportOrder> exports)
{
    private const string StandardOutput = "-";

    public bool IsEmpty => exports.All(export => export.Destination is null);

    /// <exception cref="CommandFailedException">A result would be written to a terminal, or two to standard output.</exception>
    public void Check()
    {
        var onOutput = exports.Where(export => export.Destination is StandardOutput).ToList();
        if (onOutput.Count > 1) throw new CommandFailedException("only one result can be written to standard output");
        if (onOutput is [var only] && context.Terminal.OutputIsTerminal)
            throw new CommandFailedException($"dest file is required for {only.Type} exporter: refusing to write to console");
        foreach (var export in exports)
        {
            if (export is { Destination: not (null or StandardOutput), IsFolder: false } && Directory.Exists(export.Destination))
                throw new CommandFailedException($"destination {export.Destination} is a directory");
        }
    }

    public async Task ReceiveAsync(RpcRequest request, CancellationToken cancellationToken)
    {
        var export = Find(request);
        if (export.IsFolder)
        {
            using var folder = new ReceivedFolder(export.Destination ?? ".");
            await FolderReceiver.ReceiveAsync(request, folder, cancellationToken);
        }
        else if (export.Destination is StandardOutput)
        {
            await CopyAsync(request, context.OutStream, cancellationToken);
        }
        else
        {
            await ReceiveFileAsync(request, export.Destination ?? "", cancellationToken);
        }
    }

    // Older daemons have one result and do not say which.
    private ExportOrder Find(RpcRequest request)
    {
        var number = request.Metadata("buildkit-attachable-exporter-id") is [var text, ..] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : -1;
        var export = number >= 0 && number < exports.Count ? exports[number] : exports.FirstOrDefault(each => each.Destination is not null);
        return export is { Destination: not null } ? export : throw new RpcException(new Status(StatusCode.NotFound, "no result was asked for here"));
    }

    // A file appears under its name only when it is whole.
    private static async Task ReceiveFileAsync(RpcRequest request, string path, CancellationToken cancellationToken)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        if (File.Exists(path) && (File.GetAttributes(path) & FileAttributes.Device) is not 0)
        {
            await using var device = File.OpenWrite(path);
            await CopyAsync(request, device, cancellationToken);
            return;
        }

        var partial = $"{path}.{Environment.ProcessId}.partial";
        try
        {
            await using (var file = File.Create(partial)) await CopyAsync(request, file, cancellationToken);
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static async Task CopyAsync(RpcRequest request, Stream target, CancellationToken cancellationToken)
    {
        while (await request.ReadAsync(cancellationToken)) await target.WriteAsync(BytesMessage.Parser.ParseFrom(request.Payload).Data.Memory, cancellationToken);
        await target.FlushAsync(cancellationToken);
    }
}
