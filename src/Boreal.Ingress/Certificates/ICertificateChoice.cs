using System.Net.Security;

namespace Boreal.Ingress.Certificates;

/// <summary>Which certificate a connection gets.</summary>
internal interface ICertificateChoice
{
    /// <summary>For the host name the client asks for; null when there is none, which ends the connection.</summary>
    SslServerAuthenticationOptions? Find(string host);
}
