using System.Net.Http.Headers;
using Boreal.Oci.Distribution.Tokens;

namespace Boreal.Oci.Distribution.Transport;

/// <summary>What is sent to show who we are, and the question its token answers; both null when nothing is asked.</summary>
internal readonly record struct Authorization(AuthenticationHeaderValue? Header, TokenRequest? Token);
