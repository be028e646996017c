using Boreal.BuildWire.Protocol.Content;
using Boreal.BuildWire.Rpc;
using Boreal.Oci.Content;
using Google.Protobuf;
using Grpc.Core;

namespace Boreal.Cli.Building.Sessions;

/// <summary>Lets a build read and fill stores of blobs here: image layouts that it takes images from, and local caches.</summary>
internal sealed class ContentAnswers(IReadOnlyDictionary<string, string> folders)
{
    private const int Chunk = 1 << 20;

    public async Task DescribeAsync(RpcRequest request, CancellationToken cancellationToken)
    {
        var digest = Parse((await request.ReadOnlyAsync(InfoRequest.Parser, cancellationToken)).Digest);
        var size = Find(request).SizeOf(digest) ?? throw Missing(digest);
        await request.WriteAsync(new InfoResponse { Info = new Info { Digest = digest.Value, Size = size } }, cancellationToken);
    }

    public async Task ReadAsync(RpcRequest request, CancellationToken cancellationToken)
    {
        var asked = await request.ReadOnlyAsync(ReadContentRequest.Parser, cancellationToken);
        var digest = Parse(asked.Digest);
        await using var blob = Find(request).TryOpen(digest) ?? throw Missing(digest);
        blob.Seek(asked.Offset, SeekOrigin.Begin);
        var rest = asked.Size > 0 ? Math.Min(asked.Size, blob.Length - asked.Offset) : blob.Length - asked.Offset;
        var buffer = new byte[Chunk];
        for (var offset = asked.Offset; rest > 0;)
        {
            var count = await blob.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, rest)), cancellationToken);
            if (count is 0) throw new RpcException(new Status(StatusCode.OutOfRange, $"{digest.Value} is shorter than it was"));
            if (!await request.WriteAsync(new ReadContentResponse { Offset = offset, Data = UnsafeByteOperations.UnsafeWrap(buffer.AsMemory(0, count)) }, cancellationToken)) return;
            (offset, rest) = (offset + count, rest - count);
        }
    }

    /// <summary>Each message is answered with how far the blob is.</summary>
    public async Task WriteAsync(RpcRequest request, CancellationToken cancellationToken)
    {
        BlobDraft? draft = null;
        try
        {
            while (await request.ReadAsync(cancellationToken))
            {
                var asked = WriteContentRequest.Parser.ParseFrom(request.Payload);
                draft ??= Begin(request, asked);
                if (!asked.Data.IsEmpty && (asked.Offset != draft.Length)) throw new RpcException(new Status(StatusCode.OutOfRange, $"{asked.Ref} goes on at {draft.Length}, not at {asked.Offset}"));
                draft.Append(asked.Data.Span);
                var digest = asked.Action is WriteAction.Commit ? draft.Commit(asked.Expected, asked.Total) : "";
                await request.WriteAsync(new WriteContentResponse { Action = asked.Action, Offset = draft.Length, Total = asked.Total, Digest = digest }, cancellationToken);
            }
        }
        finally
        {
            draft?.Dispose();
        }
    }

    private BlobDraft Begin(RpcRequest request, WriteContentRequest asked)
    {
        var folder = Find(request);
        return Digest.TryParse(asked.Expected, out var expected) && folder.SizeOf(expected) is not null
            ? throw new RpcException(new Status(StatusCode.AlreadyExists, $"content {asked.Expected}: already exists"))
            : folder.Begin();
    }

    private BlobFolder Find(RpcRequest request)
    {
        var id = request.Metadata("buildkit-attachable-store-id") is [var given, ..] ? given : "";
        return folders.TryGetValue(id, out var path) ? new BlobFolder(path) : throw new RpcException(new Status(StatusCode.NotFound, $"no content store {id} was offered"));
    }

    private static Digest Parse(string text) => Digest.TryParse(text, out var digest) ? digest : throw new RpcException(new Status(StatusCode.InvalidArgument, $"{text} is no digest"));

    private static RpcException Missing(Digest digest) => new(new Status(StatusCode.NotFound, $"content {digest.Value}: not found"));
}
