namespace Boreal.BuildWire.Packets;

/// <summary>An open file that is being sent.</summary>
internal interface ISentFile : IDisposable
{
    /// <summary>The next bytes; 0 at the end.</summary>
    int Read(Span<byte> buffer);
}
