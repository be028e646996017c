using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Boreal.Daemon.Rpc;

/// <summary>A client's stream in Kestrel's eyes; <see cref="Over"/> ends when Kestrel is done with it.</summary>
internal sealed class RpcConnection : ConnectionContext, IDuplexPipe
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _closed;

    public RpcConnection(IDuplexPipe pipe, CancellationToken gone)
    {
        Transport = pipe;
        _closed = CancellationTokenSource.CreateLinkedTokenSource(gone);
        ConnectionClosed = _closed.Token;
    }

    public Task Over => _over.Task;

    public override string ConnectionId { get; set; } = Guid.NewGuid().ToString("N");

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new ConnectionItems();

    public override IDuplexPipe Transport { get; set; }

    public override CancellationToken ConnectionClosed { get; set; }

    PipeReader IDuplexPipe.Input => Transport.Input;

    PipeWriter IDuplexPipe.Output => Transport.Output;

    public override void Abort(ConnectionAbortedException abortReason) => Transport.Input.CancelPendingRead();

    public override async ValueTask DisposeAsync()
    {
        _closed.Dispose();
        await base.DisposeAsync();
        _over.TrySetResult();
    }
}
