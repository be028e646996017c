using System.Security.Cryptography;
using System.Text;
using Boreal.Engine.State;

namespace Boreal.Tests.Unit.State;

public sealed class NameHashTests
{
    [Fact]
    public void Hash_OfTextsOfAllLengthsAroundABlock_IsSha256()
    {
        for (var length = 0; length < 200; length++)
        {
            var text = new string([.. Enumerable.Range(0, length).Select(at => (char)('!' + (at * 7 % 90)))]);
            Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(text)), NameHash.Of(text));
        }
    }

    [Fact]
    public void Hex_OfAText_IsItsBegin() => Assert.Equal("2c26b46b", NameHash.Hex("foo", 8));
}
