using Boreal.ShimWire.Logs;

namespace Boreal.Shim.Logs;

/// <summary>Where a container's output goes besides its clients. Must not throw: a full disk is no reason to lose the container.</summary>
internal interface IContainerLog
{
    void Write(StdStream stream, ReadOnlySpan<byte> data);

    /// <summary>Writes unfinished lines and everything held back.</summary>
    void Close();
}
