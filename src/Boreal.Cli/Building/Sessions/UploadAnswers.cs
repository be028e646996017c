using Boreal.BuildWire.Protocol.Files;
using Boreal.BuildWire.Rpc;
using Google.Protobuf;
using Grpc.Core;

namespace Boreal.Cli.Building.Sessions;

/// <summary>Sends what was given to the build on standard input, once.</summary>
internal sealed class UploadAnswers(Dictionary<string, Stream> uploads)
{
    private const int Chunk = 256 * 1024;

    public async Task SendAsync(RpcRequest request, CancellationToken cancellationToken)
    {
        var id = request.Metadata("urlpath") is [var path, ..] ? path.TrimStart('/') : "";
        Stream? upload;
        lock (uploads)
        {
            if (!uploads.Remove(id, out upload)) throw new RpcException(new Status(StatusCode.NotFound, $"no upload {id}, or it was read already"));
        }

        await using (upload)
        {
            var buffer = new byte[Chunk];
            for (int count; (count = await upload.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                if (!await request.WriteAsync(new BytesMessage { Data = UnsafeByteOperations.UnsafeWrap(buffer.AsMemory(0, count)) }, cancellationToken)) return;
            }
        }
    }
}
