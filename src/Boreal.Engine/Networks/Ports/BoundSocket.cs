using System.Net.Sockets;

namespace Boreal.Engine.Networks.Ports;

/// <summary>A published port and the socket that holds it on the host.</summary>
internal sealed record BoundSocket(BoundPort Port, Socket Socket);
