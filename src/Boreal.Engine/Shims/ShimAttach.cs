using Boreal.ShimWire.Messages;

namespace Boreal.Engine.Shims;

/// <summary>Which standard streams a client wants.</summary>
public sealed record ShimAttach(bool Stdin, bool Stdout, bool Stderr)
{
    internal AttachStreams Streams =>
        (Stdin ? AttachStreams.Stdin : 0) | (Stdout ? AttachStreams.Stdout : 0) | (Stderr ? AttachStreams.Stderr : 0);
}
