using System.Text;
using Boreal.Daemon.Endpoints.Images;

namespace Boreal.Tests.Unit.Endpoints;

public sealed class RegistryAuthTests
{
    [Theory]
    [InlineData("""{"username":"ann","password":"s?>ecret","serveraddress":"r:5000"}""", "ann", "s?>ecret", "")]
    [InlineData("""{"auth":"YW5uOnNlY3JldA==","email":null,"password":null}""", "ann", "secret", "")]
    [InlineData("""{"identitytoken":"t"}""", "", "", "t")]
    public void Parse_EitherAlphabetWithOrWithoutPadding_GivesTheAccount(string json, string user, string password, string token)
    {
        var standard = Convert.ToBase64String(Encoding.UTF8.GetBytes(json));
        var address = standard.Replace('+', '-').Replace('/', '_');
        foreach (var header in (string[])[standard, address, address.TrimEnd('=')])
        {
            var credentials = RegistryAuth.Parse(header);
            Assert.Equal((user, password, token), (credentials?.Username, credentials?.Password, credentials?.IdentityToken));
        }
    }

    [Theory]
    [InlineData("e30=")]
    [InlineData("not base64!")]
    [InlineData("bm9qc29u")]
    [InlineData("bnVsbA==")]
    public void Parse_NobodyOrNothingReadable_IsNobody(string header) => Assert.Null(RegistryAuth.Parse(header));
}
