using Boreal.BuildWire.Packets;
using Boreal.BuildWire.Rpc;
using Boreal.Cli.Building.Folders;
using Grpc.Core;

namespace Boreal.Cli.Building.Sessions;

/// <summary>Sends the folders of a build.</summary>
internal sealed class FolderAnswers(IReadOnlyDictionary<string, IOfferedFolder> folders)
{
    public async Task SendAsync(RpcRequest request, CancellationToken cancellationToken)
    {
        var name = request.Metadata("dir-name") is [var given, ..] ? given : "";
        if (!folders.TryGetValue(name, out var offered)) throw new RpcException(new Status(StatusCode.NotFound, $"no access allowed to dir {name}"));
        var folder = offered.Open(new FolderFilter
        {
            Include = request.Metadata("include-patterns"),
            Exclude = request.Metadata("exclude-patterns"),
            Follow = request.Metadata("followpaths"),
        });
        using (folder as IDisposable)
        using (var sender = new FolderSender(request, folder, new Progress())) await sender.SendAsync(cancellationToken);
    }

    // The daemon counts what it receives and tells it with the rest of the build's progress.
    private sealed class Progress : IProgress<long>
    {
        public void Report(long value)
        {
        }
    }
}
