/** The emoji that have names here. An unknown name stays written as `:name:`, as in Slack. */
const NAMES = `
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 clap 👏 wave 👋 raised_hands 🙌 pray 🙏 muscle 💪 ok_hand 👌 handshake 🤝
point_right 👉 point_left 👈 point_up ☝️ point_down 👇 eyes 👀 ear 👂 brain 🧠 speaking_head_in_silhouette 🗣️
smile 😄 smiley 😃 grinning 😀 slightly_smiling_face 🙂 simple_smile 🙂 blush 😊 wink 😉 joy 😂 sweat_smile 😅
thinking_face 🤔 neutral_face 😐 cry 😢 sob 😭 disappointed 😞 confused 😕 sunglasses 😎 partying_face 🥳
hugging_face 🤗 relieved 😌 sleeping 😴 zzz 💤 face_with_monocle 🧐 shushing_face 🤫 saluting_face 🫡
heart ❤️ sparkling_heart 💖 green_heart 💚 blue_heart 💙 yellow_heart 💛 star ⭐ star2 🌟 sparkles ✨ fire 🔥 boom 💥
tada 🎉 confetti_ball 🎊 trophy 🏆 medal 🏅 first_place_medal 🥇 dart 🎯 rocket 🚀 gift 🎁 balloon 🎈 crown 👑
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ negative_squared_cross_mark ❎ no_entry ⛔
no_entry_sign 🚫 warning ⚠️ rotating_light 🚨 exclamation ❗ question ❓ grey_question ❔ bulb 💡 information_source ℹ️
red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵
large_purple_circle 🟣 white_circle ⚪ black_circle ⚫ small_blue_diamond 🔹 small_orange_diamond 🔸
large_green_square 🟩 large_yellow_square 🟨 large_red_square 🟥 white_small_square ▫️ black_small_square ▪️
door 🚪 key 🔑 old_key 🗝️ lock 🔒 unlock 🔓 house 🏠 office 🏢 office_worker 🧑‍💼 briefcase 💼 package 📦 truck 🚚
calendar 📅 date 📅 spiral_calendar_pad 🗓️ clock9 🕘 alarm_clock ⏰ hourglass ⌛ hourglass_flowing_sand ⏳
stopwatch ⏱️ bell 🔔 no_bell 🔕 mega 📣 loudspeaker 📢 speech_balloon 💬 thought_balloon 💭 left_speech_bubble 🗨️
email 📧 envelope ✉️ incoming_envelope 📨 inbox_tray 📥 outbox_tray 📤 phone ☎️ telephone_receiver 📞 computer 💻
memo 📝 pencil ✏️ pencil2 ✏️ clipboard 📋 page_facing_up 📄 bookmark 🔖 books 📚 book 📖 link 🔗 paperclip 📎
pushpin 📌 round_pushpin 📍 mag 🔍 mag_right 🔎 bar_chart 📊 chart_with_upwards_trend 📈 heavy_dollar_sign 💲
chart_with_downwards_trend 📉 moneybag 💰 dollar 💵 euro 💶 credit_card 💳 receipt 🧾 gem 💎 scales ⚖️
seedling 🌱 herb 🌿 deciduous_tree 🌳 four_leaf_clover 🍀 sunflower 🌻 sunny ☀️ sunrise 🌅 umbrella ☔ snowflake ❄️
rainbow 🌈 ocean 🌊 coffee ☕ tea 🍵 cake 🍰 birthday 🎂 beers 🍻 palm_tree 🌴 airplane ✈️ world_map 🗺️
earth_africa 🌍 compass 🧭 construction 🚧 hammer_and_wrench 🛠️ wrench 🔧 gear ⚙️ toolbox 🧰 robot_face 🤖 ghost 👻
arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ arrow_forward ▶️ arrow_heading_up ⤴️ leftwards_arrow_with_hook ↩️
arrow_right_hook ↪️ repeat 🔁 arrows_counterclockwise 🔄 fast_forward ⏩ double_vertical_bar ⏸️ new 🆕 soon 🔜 end 🔚
one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣ eight 8️⃣ nine 9️⃣ keycap_ten 🔟 zero 0️⃣ 100 💯
bust_in_silhouette 👤 busts_in_silhouette 👥 family 👪 man-shrugging 🤷‍♂️ woman-shrugging 🤷‍♀️ shrug 🤷
`;

const EMOJI = new Map<string, string>();
const words = NAMES.trim().split(/\s+/);
for (let i = 0; i + 1 < words.length; i += 2) EMOJI.set(words[i] as string, words[i + 1] as string);

export function emoji(name: string): string | undefined {
  return EMOJI.get(name);
}
