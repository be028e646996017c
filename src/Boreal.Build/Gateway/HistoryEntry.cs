using Boreal.BuildWire.Protocol.Control;
using Boreal.BuildWire.Protocol.Types;

namespace Boreal.Build.Gateway;

/// <summary>One build's place in the history while it runs.</summary>
internal sealed class HistoryEntry(BuildHistory history, BuildHistoryRecord record) : IDisposable
{
    public void Complete(SolveResponse response) => record.ExporterResponse.Add(response.ExporterResponse);

    public void Fail(Grpc.Core.Status status) => record.Error = new Status { Code = (int)status.StatusCode, Message = status.Detail };

    public void Dispose() => history.Complete(record);
}
